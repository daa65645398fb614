import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.expression.ExpressionPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node in its own JVM, so that tests can kill it: settings as key=value arguments, several values of a
 * key one after another. It ends when its standard input does, and so never outlives the process that started it.
 */
final class TestNode extends Node {
    private TestNode(Settings settings, List<Class<? extends Plugin>> plugins) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"), plugins, true);
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            String value = argument.substring(at + 1);
            if (value.contains(",")) {
                settings.putList(argument.substring(0, at), value.split(","));
            } else {
                settings.put(argument.substring(0, at), value);
            }
        }
        List<Class<? extends Plugin>> plugins = new ArrayList<>(List.of(
            Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class, ExpressionPlugin.class,
            MapperExtrasPlugin.class, ReindexPlugin.class));
        TestNode node = new TestNode(settings.build(), plugins);
        node.start();
        while (System.in.read() >= 0) {
            // Nothing is ever written: the end of the stream is the message.
        }
        node.close();
        System.exit(0);
    }
}
