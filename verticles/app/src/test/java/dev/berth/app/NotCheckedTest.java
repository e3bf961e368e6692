package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.Test;

/** What the build says about tests that were skipped. */
class NotCheckedTest {
    private static final Path SHEET = Path.of("../../.mvn/not-checked.xsl");

    @Test
    void a_skipped_test_is_named_with_the_reason_and_no_other_is() throws TransformerException {
        String said = said("""
                <testsuite name="a.LxcTest">
                  <testcase name="an_image_is_listed" classname="a.LxcTest" time="0.1">
                    <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: lxc is not installed
                \tat a.LxcTest.start(LxcTest.java:1)]]></skipped>
                  </testcase>
                  <testcase name="a_format_is_read(String)[1]" classname="a.LxcTest"><skipped message="no xz"/></testcase>
                  <testcase name="a_format_is_read(String)[2]" classname="a.LxcTest"><skipped message="no xz"/></testcase>
                  <testcase name="" classname="a.LxdTest" time="0"><skipped message="not on
                this machine"/></testcase>
                  <testcase name="a_name_is_kept" classname="a.LxcTest" time="0.1"/>
                </testsuite>
                """);

        assertThat(said.lines()).containsExactly(
                "NOT CHECKED: a.LxcTest an_image_is_listed: Assumption failed: lxc is not installed",
                "NOT CHECKED: a.LxcTest a_format_is_read: no xz",
                "NOT CHECKED: a.LxdTest : not on this machine");
    }

    @Test
    void a_report_without_skipped_tests_says_nothing() throws TransformerException {
        assertThat(said("<testsuite><testcase name='a' classname='b'/></testsuite>")).isEmpty();
    }

    private static String said(String report) throws TransformerException {
        Transformer sheet = TransformerFactory.newInstance().newTransformer(new StreamSource(SHEET.toFile()));
        StringWriter said = new StringWriter();
        sheet.transform(new StreamSource(new StringReader(report)), new StreamResult(said));
        return said.toString();
    }
}
