package io.jwal.s3.servers;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A document of S3's: an element with elements in it. */
final class Xml {
    private final String root;
    private final StringBuilder content = new StringBuilder();

    Xml(String root) {
        this.root = root;
    }

    Xml element(String name, String text) {
        content.append('<').append(name).append('>');
        escape(text);
        content.append("</").append(name).append('>');
        return this;
    }

    Xml element(Xml inner) {
        content.append('<').append(inner.root).append('>').append(inner.content);
        content.append("</").append(inner.root).append('>');
        return this;
    }

    private void escape(String text) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> content.append("&amp;");
                case '<' -> content.append("&lt;");
                case '>' -> content.append("&gt;");
                case '"' -> content.append("&quot;");
                default -> {
                    if (point < ' ') {
                        content.append("&#").append(point).append(';');
                    } else {
                        content.appendCodePoint(point);
                    }
                }
            }
        });
    }

    @Override
    public String toString() {
        String space = root.equals("Error") ? "" : " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + space + ">" + content + "</" + root + ">";
    }

    /** Reads a request's document. */
    static Element parse(InputStream body) throws IOException, S3Error {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(body).getDocumentElement();
        } catch (SAXException e) {
            throw new S3Error(400, "MalformedXML", "The XML you provided was not well-formed: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this JDK has no safe XML parser", e);
        }
    }

    /** The elements of a name that stand directly in another one. */
    static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    /** The text of the first such element; empty if there is none. */
    static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
