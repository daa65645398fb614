"""An article to the same article with its entities. Called by the index writer, in its worker processes."""

from indexer.article import Article
from indexer.config import EntitiesConfig
from indexer.entities.extract import Extractor


class EntityEnrich:
    """The `Enrich` step of a build. Pickles as its configuration; taggers load in the process that uses them."""

    def __init__(self, config: EntitiesConfig) -> None:
        self.config = config
        self._extractor: Extractor | None = None
        if config.taggers:
            Extractor(config).check()  # a missing package is told before a build starts, not from a worker

    def __call__(self, article: Article) -> Article:
        """The article with tagged entities beside the given ones."""
        if self._extractor is None:
            self._extractor = Extractor(self.config)
        given = tuple(entity for entity in article.entities if entity.given)
        entities = self._extractor.extract(
            article.title, article.summary, article.body, article.language, given, article.dateline, article.source
        )
        return article.with_entities(entities)

    def __getstate__(self) -> EntitiesConfig:
        return self.config

    def __setstate__(self, config: EntitiesConfig) -> None:
        self.config = config
        self._extractor = None
