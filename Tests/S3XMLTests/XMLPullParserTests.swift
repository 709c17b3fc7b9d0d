import Testing

@testable import S3XML

@Suite("XML pull parser")
struct XMLPullParserTests {
    private func events(_ document: String) throws -> [XMLPullParser.Event] {
        var parser = XMLPullParser(document)
        var events: [XMLPullParser.Event] = []
        while let event = try parser.next() { events.append(event) }
        return events
    }

    @Test("elements, text, attributes, comments and references are read")
    func reads() throws {
        let document =
            "\u{FEFF}<?xml version='1.0'?>\n<a x=\"1>2\" y='z'><!-- c --><b/>t&#x41;&#66;&apos;\r\n</a > <!-- d -->"
        #expect(
            try events(document) == [
                .start("a"), .start("b"), .end("b"), .text("tAB'\n"), .end("a"),
            ]
        )
    }

    @Test(
        "everything else is refused",
        arguments: [
            "", " ", "text", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a/>text", "<a x/>", "<a x=1/>", "<a x=\"1/>",
            "<a x=\"<\"/>",
            "<a x='1'y='2'/>", "<!DOCTYPE a><a/>", "<a><![CDATA[x]]></a>", "<a><?php?></a>", "<a>&nbsp;</a>",
            "<a>&</a>", "<a>&#xD800;</a>",
            "<a>&#+5;</a>", "<a>&#99999999;</a>", "<a>&#12345678901;</a>", "<a><!-- x</a>", "<?xml ", "<", "< a/>",
            "<a",
            "<" + String(repeating: "n", count: 65) + "/>",
            String(repeating: "<a>", count: 9) + String(repeating: "</a>", count: 9),
        ]
    )
    func refuses(document: String) {
        #expect(throws: XMLPullParser.Malformed.self) { try events(document) }
    }

    @Test("every prefix of a document is refused without a trap")
    func prefixes() throws {
        let document =
            "<?xml version=\"1.0\"?><Delete x=\"y\"><Object><Key>a&amp;&#233;</Key></Object><Quiet/></Delete>"
        for length in 0..<document.utf8.count {
            #expect(throws: XMLPullParser.Malformed.self) {
                try events(String(decoding: document.utf8.prefix(length), as: UTF8.self))
            }
        }
        #expect(try events(document).count == 9)
    }

    @Test("a writer's text is read back as it was")
    func roundTrip() throws {
        let text = "<a href=\"x\">&amp;\r\n\t'é🦊"
        let document = XMLWriter.document("r", namespace: nil) { $0.element("t", text) }
        #expect(try events(document) == [.start("r"), .start("t"), .text(text), .end("t"), .end("r")])
    }
}
