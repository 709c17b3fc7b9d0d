import Testing

@testable import S3XML

@Suite("XML element")
struct XMLElementTests {
    @Test("a document becomes a tree of names, texts and children")
    func tree() throws {
        let root = try XMLElement(parsing: Array("<a>\n <b>1 &amp; 2</b>\n <c/><b> </b></a>".utf8))
        #expect(root.name == "a" && root.text == "" && root.children.map(\.name) == ["b", "c", "b"])
        #expect(root["b"] == "1 & 2" && root["c"] == "" && root["d"] == nil)
        #expect(root.all("b").map(\.text) == ["1 & 2", " "])
    }

    @Test(
        "what is no document, not UTF-8 or cut off is refused",
        arguments: ["", "x", "<a>", "<a><b></a>", "<a/><b/>"]
    )
    func malformed(text: String) {
        #expect(throws: XMLPullParser.Malformed.self) { try XMLElement(parsing: Array(text.utf8)) }
        #expect(throws: XMLPullParser.Malformed.self) { try XMLElement(parsing: [0x3C, 0x61, 0x3E, 0xFF]) }
    }

    @Test("what is written with attributes is read again, quotes and all")
    func attributes() throws {
        let text = XMLWriter.document("a", namespace: nil) { writer in
            writer.element("b", attributes: ["x:y": "1", "z": "\"<&>\""]) { $0.element("c", "d") }
        }
        #expect(text.hasSuffix("<a><b x:y=\"1\" z=\"&quot;&lt;&amp;&gt;&quot;\"><c>d</c></b></a>"))
        #expect(try XMLElement(parsing: Array(text.utf8)).children.first?["c"] == "d")
    }

    @Test("a document of too many elements is refused, the largest is read")
    func bounded() throws {
        func document(_ count: Int) -> [UInt8] {
            Array(("<a>" + String(repeating: "<b/>", count: count) + "</a>").utf8)
        }
        let most = XMLElement.maximumElementCount - 1
        #expect(try XMLElement(parsing: document(most)).children.count == most)
        #expect(throws: XMLPullParser.Malformed.self) { try XMLElement(parsing: document(most + 1)) }
    }
}
