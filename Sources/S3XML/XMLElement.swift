/// A whole small document as a tree, for documents whose elements are few and may come in any order.
///
/// A document that may be long is read with ``XMLPullParser``.
package struct XMLElement: Sendable, Equatable {
    /// The element's name, with its prefix if it has one.
    package let name: String
    /// All text directly inside it, joined; blanks between child elements are left out.
    package private(set) var text = ""
    /// The elements inside it, in order.
    package private(set) var children: [XMLElement] = []

    /// Reads a document of at most ``maximumElementCount`` elements.
    ///
    /// - Parameter bytes: The document; anything but valid UTF-8 is malformed.
    /// - Throws: ``XMLPullParser/Malformed``.
    package init(parsing bytes: some Collection<UInt8>) throws(XMLPullParser.Malformed) {
        guard let document = String(validating: bytes, as: UTF8.self) else { throw XMLPullParser.Malformed() }
        var parser = XMLPullParser(document)
        guard case .start(let name) = try parser.next() else { throw XMLPullParser.Malformed() }
        var budget = Self.maximumElementCount
        self = try XMLElement(named: name, from: &parser, budget: &budget)
        guard try parser.next() == nil else { throw XMLPullParser.Malformed() }
    }

    /// The most elements a tree may have: a multipart upload's 10,000 parts with what stands in each.
    package static let maximumElementCount = 100_000

    private init(
        named name: String,
        from parser: inout XMLPullParser,
        budget: inout Int
    ) throws(XMLPullParser.Malformed) {
        budget -= 1
        guard budget >= 0 else { throw XMLPullParser.Malformed() }
        self.name = name
        while let event = try parser.next() {
            switch event {
            case .start(let child):
                children.append(try XMLElement(named: child, from: &parser, budget: &budget))
            case .text(let piece): text += piece
            case .end:
                if !children.isEmpty, text.allSatisfy(\.isWhitespace) { text = "" }
                return
            }
        }
        throw XMLPullParser.Malformed()
    }

    /// The text of the first child of that name; `nil` when there is none.
    package subscript(_ name: String) -> String? {
        children.first { $0.name == name }?.text
    }

    /// The children of that name, in order.
    package func all(_ name: String) -> [XMLElement] {
        children.filter { $0.name == name }
    }
}
