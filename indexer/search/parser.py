"""Query text -> `Parsed`: the syntax tree, and warnings about what was read differently from how it was typed.

Any text at all gives a tree. The grammar, loosest first (docs/query-syntax.md tells it to people):

    query       = alternatives { alternatives }            words side by side are ANDed
    alternatives = conjunction { ("OR" | "|") conjunction }
    conjunction = factor { "AND" factor }
    factor      = [ "NOT" | "-" ] operand { "NEAR/5" operand }
    operand     = [ field ":" ] ( word | quotation | "(" query ")" )

So `a b OR c` is `a AND (b OR c)`, as in the big search engines, and `a AND b OR c` is `(a AND b) OR c`, as in logic.
Groups are kept on a stack of our own: ten thousand parentheses are no deeper than one. A query of plain words that is
too long is cut, with a notice; any other is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.search.lexer import Kind, Token, lex
from indexer.search.notices import notice
from indexer.search.operands import NAMES, near_pair, read_operand
from indexer.search.query import (
    NOTHING,
    And,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Parsed,
    QueryWarning,
    Term,
)

MAX_CHARACTERS = 1_000
MAX_CLAUSES = 64
MAX_READ = 20 * MAX_CHARACTERS  # a longer text is refused unread: cutting it into words takes 0.1 s and more
MAX_WARNINGS = 20  # more are of no use to anyone


def parse(text: str, *, max_characters: int = MAX_CHARACTERS) -> Parsed:
    """Read a query. Never raises; a query over the limits is cut if it is `plain`, else it comes back `refused`."""
    if len(text) > max(MAX_READ, max_characters):
        return _refused("too-long", text, len(text), max_characters)
    words, warnings = lex(text, NAMES)
    clauses = sum(token.kind in (Kind.WORD, Kind.QUOTED) for token in words)
    if len(text) > max_characters or clauses > MAX_CLAUSES:
        cut = _cut(text, words, max_characters)
        if cut is not None:
            return cut
        if len(text) > max_characters:
            return _refused("too-long", text, len(text), max_characters)
        return _refused("too-many-clauses", text, clauses, MAX_CLAUSES)
    return _read(text, words, warnings)


def _refused(code: str, text: str, *values: object) -> Parsed:
    return Parsed(NOTHING, (notice(code, 0, len(text), *values),), refused=True)


def _cut(text: str, words: Sequence[Token], max_characters: int) -> Parsed | None:
    """What the limits leave of a long query; None where that would change the meaning of what is left."""
    typed = [token for token in words if token.kind is Kind.WORD and any(map(str.isalnum, token.text))]
    kept = [token for token in typed[:MAX_CLAUSES] if token.end <= max_characters]
    if not kept or not _words_alone(words) or any(set("*~") & set(token.text) for token in typed[len(kept) :]):
        return None
    start = text[: kept[-1].end]
    parsed = _read(start, *lex(start, NAMES))
    if not parsed.plain:
        return None
    return replace(parsed, warnings=(notice("cut-query", 0, len(text), len(typed), len(kept)), *parsed.warnings))


def _read(text: str, words: Sequence[Token], warnings: list[QueryWarning]) -> Parsed:
    """The meaning of the tokens of a text."""
    parser = _Parser(warnings)
    for token in words:
        parser.take(token)
    tree = parser.finish(len(text))
    found = sorted(dict.fromkeys(parser.warnings), key=lambda warning: (warning.start, warning.end))
    if tree is not None:
        return Parsed(tree, tuple(found[:MAX_WARNINGS]), plain=_is_plain(words, tree))
    if not text.strip():
        return Parsed(MatchAll())
    if not found:
        found.append(notice("nothing-to-search", 0, len(text), text.strip()))
    found.sort(key=lambda warning: warning.code == "leading-wildcard")  # what a refusal is for comes last
    return Parsed(NOTHING, tuple(found[-MAX_WARNINGS:]), refused=found[-1].code == "leading-wildcard")


def _is_plain(words: Sequence[Token], tree: Node) -> bool:
    """Whether a query is made of words alone; parentheses around some of them say nothing."""
    parts = tree.children if isinstance(tree, And) else (tree,)
    return _words_alone(words) and all(isinstance(part, Term) and part.field is None for part in parts)


def _words_alone(words: Sequence[Token]) -> bool:
    return all(token.kind in (Kind.WORD, Kind.OPEN, Kind.CLOSE) for token in words)


def conjunction(*nodes: Node) -> Node:
    """All of the nodes, as one flat `And`; a single one stays as it is."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, And) else (node,))
    kept = [node for node in flat if node != MatchAll()] or flat[:1]
    return kept[0] if len(kept) == 1 else And(tuple(kept))


def disjunction(*nodes: Node) -> Node:
    """Any of the nodes, as one flat `Or`; a single one stays as it is."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, Or) else (node,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negation(node: Node) -> Node:
    """Everything else; twice is not at all."""
    return node.child if isinstance(node, Not) else Not(node)


@dataclass(slots=True)
class _Group:
    """What has been read of one pair of parentheses: words side by side, of alternatives, of conjunctions."""

    default_field: str | None
    start: int
    opened_by: Token | None = None
    negated: bool = False  # the group as a whole
    parts: list[list[list[Node]]] = field(default_factory=list)
    # What stands before the operand that comes next.
    named: Token | None = None
    joined: Token | None = None
    negations: int = 0
    negator: Token | None = None
    gap: bool = False  # what came last was left out, and an operator after it has nothing to join

    def tree(self) -> Node | None:
        if not self.parts:
            return None
        return conjunction(*(disjunction(*(conjunction(*factors) for factors in either)) for either in self.parts))


class _Parser:
    """Takes tokens one at a time."""

    def __init__(self, warnings: list[QueryWarning]) -> None:
        self.warnings = warnings
        self.stack = [_Group(None, 0)]

    def warn(self, code: str, at: Token, *values: object) -> None:
        self.warnings.append(notice(code, at.start, at.end, *values))

    def take(self, token: Token) -> None:
        group = self.stack[-1]
        match token.kind:
            case Kind.WORD | Kind.QUOTED:
                self._operand(token)
            case Kind.FIELD:
                self._drop_field(group)
                group.named = token
            case Kind.NOT:
                group.negations += 1
                group.negator = token
            case Kind.AND | Kind.OR | Kind.NEAR:
                self._drop_field(group)
                self._drop_negation(group)
                if not group.gap:
                    self._join(group, token)
            case Kind.OPEN:
                self._open(token)
            case Kind.CLOSE if len(self.stack) > 1:
                self._close()
            case Kind.CLOSE:
                self.warn("stray-parenthesis", token)

    def finish(self, size: int) -> Node | None:
        while len(self.stack) > 1:
            opened = self.stack[-1].opened_by
            assert opened is not None
            self.warnings.append(notice("unclosed-parenthesis", opened.start, size))
            self._close()
        self._drop_ends(self.stack[0])
        return self.stack[0].tree()

    # Groups

    def _join(self, group: _Group, token: Token) -> None:
        if group.joined or not group.parts:
            stray = group.joined or token
            self.warn("stray-operator", stray, stray.text)
        group.joined = token if group.parts else None

    def _open(self, token: Token) -> None:
        outer = self.stack[-1]
        name = outer.named.text if outer.named else outer.default_field
        outer.named = None
        self.stack.append(_Group(name, token.start, token, negated=outer.negations % 2 == 1))
        outer.negations, outer.negator = 0, None

    def _close(self) -> None:
        group = self.stack.pop()
        self._drop_ends(group)
        node = group.tree()
        if node is not None:
            self._attach(negation(node) if group.negated else node)
        else:
            self._leave_gap()

    def _drop_ends(self, group: _Group) -> None:
        self._drop_field(group)
        self._drop_negation(group)
        if group.joined:
            self.warn("stray-operator", group.joined, group.joined.text)
            group.joined = None

    def _drop_field(self, group: _Group) -> None:
        if group.named:
            self.warn("empty-field", group.named, group.named.text)
            group.named = None

    def _drop_negation(self, group: _Group) -> None:
        if group.negator:
            self.warn("stray-operator", group.negator, group.negator.text)
        group.negations, group.negator = 0, None

    # Operands

    def _operand(self, token: Token) -> None:
        group = self.stack[-1]
        named, odd = group.named, group.negations % 2
        group.named, group.negator, group.negations = None, None, 0
        node = read_operand(token, named, group.default_field, self.warnings)
        if node is None:
            self._leave_gap()
        else:
            self._attach(negation(node) if odd else node)

    def _leave_gap(self) -> None:
        self.stack[-1].joined, self.stack[-1].gap = None, True

    def _attach(self, node: Node) -> None:
        group = self.stack[-1]
        joined, group.joined, group.gap = group.joined, None, False
        match joined.kind if joined else None:
            case Kind.OR:
                group.parts[-1].append([node])
            case Kind.AND:
                group.parts[-1][-1].append(node)
            case Kind.NEAR:
                assert joined is not None
                self._near(group.parts[-1][-1], joined, node)
            case _:
                group.parts.append([[node]])

    def _near(self, factors: list[Node], token: Token, right: Node) -> None:
        last = factors[-1]
        left = last.child if isinstance(last, Not) else last
        if isinstance(left, Near):
            left = left.right  # a NEAR b NEAR c: b is near to both
        pair = near_pair(left, right, token.number)
        if pair is None:
            self.warn("near-operands", token)
            factors.append(right)
        elif last is left:
            factors[-1] = pair
        elif isinstance(last, Not) and left is last.child:
            factors[-1] = Not(pair)
        elif isinstance(last, Near):
            factors.append(pair)
        else:
            self.warn("near-operands", token)
            factors.append(right)
