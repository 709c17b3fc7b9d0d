import HTTPTypes
import S3XML

extension CORSConfiguration {
    /// The longest name of a rule, in characters.
    static let maximumIDLength = 255

    /// Reads the body of a PutBucketCors, or what the store keeps of one.
    ///
    /// - Parameter bytes: The document.
    /// - Throws: `MalformedXML` for anything but a list of rules, `InvalidRequest` for rules that S3 does not take.
    init(xml bytes: some Collection<UInt8>) throws(S3Error) {
        let root: XMLElement
        do { root = try XMLElement(parsing: bytes) } catch { throw .malformedXML }
        guard root.name == "CORSConfiguration", root.text.allSatisfy(\.isWhitespace), !root.children.isEmpty,
            root.children.allSatisfy({ $0.name == "CORSRule" })
        else { throw .malformedXML }
        guard root.children.count <= Self.maximumRuleCount else {
            throw .invalidRequest("The number of CORS rules should not exceed allowed limit of 100 rules.")
        }
        var rules: [CORSRule] = []
        for element in root.children { rules.append(try CORSRule(element)) }
        self.rules = rules
    }

    /// The document that ``init(xml:)`` reads, as GetBucketCors answers it.
    var xml: String {
        XMLWriter.document("CORSConfiguration") { writer in
            for rule in rules { rule.write(to: &writer) }
        }
    }
}

extension CORSRule {
    fileprivate init(_ element: XMLElement) throws(S3Error) {
        self.init(origins: [], methods: [])
        for child in element.children {
            guard child.children.isEmpty else { throw .malformedXML }
            try read(child.name, child.text)
        }
        guard !origins.isEmpty, !methods.isEmpty else { throw .malformedXML }
    }

    private mutating func read(_ name: String, _ text: String) throws(S3Error) {
        switch name {
        case "ID":
            guard id == nil else { throw .malformedXML }
            guard text.count <= CORSConfiguration.maximumIDLength else {
                throw .invalidRequest("The ID of a CORS rule must not be longer than 255 characters.")
            }
            id = text
        case "AllowedOrigin": origins.append(try Self.pattern(text, of: name))
        case "AllowedHeader": headers.append(try Self.pattern(text, of: name))
        case "AllowedMethod": methods.append(try Self.method(text))
        case "ExposeHeader": exposedHeaders.append(try Self.exposedHeader(text))
        case "MaxAgeSeconds":
            guard maximumAgeSeconds == nil, let seconds = Int32(text), seconds >= 0 else { throw .malformedXML }
            maximumAgeSeconds = Int(seconds)
        default: throw .malformedXML
        }
    }

    private static func pattern(_ text: String, of name: String) throws(S3Error) -> WildcardPattern {
        guard let pattern = WildcardPattern(text) else {
            throw .invalidRequest("\(name) \"\(text)\" can not have more than one wildcard.")
        }
        return pattern
    }

    private static func method(_ text: String) throws(S3Error) -> String {
        guard knownMethods.contains(text) else {
            throw .invalidRequest("Found unsupported HTTP method in CORS config. Unsupported method is \(text)")
        }
        return text
    }

    /// A name that may stand in our own answers: a `*` is not one here, and neither is anything with a line end.
    private static func exposedHeader(_ text: String) throws(S3Error) -> String {
        guard !text.utf8.contains(UInt8(ascii: "*")) else {
            throw .invalidRequest(
                "ExposeHeader \"\(text)\" contains wildcard. We currently do not support wildcard for ExposeHeader."
            )
        }
        guard HTTPField.Name(text) != nil else {
            throw .invalidRequest("ExposeHeader \"\(text)\" is not the name of a header.")
        }
        return text
    }

    fileprivate func write(to writer: inout XMLWriter) {
        writer.element("CORSRule") { writer in
            if let id { writer.element("ID", id) }
            for header in headers { writer.element("AllowedHeader", header.text) }
            for method in methods { writer.element("AllowedMethod", method) }
            for origin in origins { writer.element("AllowedOrigin", origin.text) }
            for header in exposedHeaders { writer.element("ExposeHeader", header) }
            if let maximumAgeSeconds { writer.element("MaxAgeSeconds", maximumAgeSeconds) }
        }
    }
}
