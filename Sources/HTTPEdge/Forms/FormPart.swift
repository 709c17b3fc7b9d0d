/// What the headers of a form's part say (RFC 7578 §4.2).
package struct FormPart: Equatable, Sendable {
    /// The field's name.
    package let name: String
    /// The file's name; `nil` for a plain field.
    package let fileName: String?
    /// `Content-Type`; empty when not given.
    package let mediaType: String

    /// Takes the header lines without the blank line; `nil` when they name no field.
    package init?(headerBlock: String) {
        var disposition: Substring?
        var mediaType = ""
        for line in headerBlock.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": mediaType = String(value.prefix { $0 != ";" && !$0.isWhitespace })
            default: continue
            }
        }
        guard let disposition else { return nil }
        let parameters = Self.parameters(of: disposition)
        guard let name = parameters["name"], !name.isEmpty else { return nil }
        self.name = name
        fileName = parameters["filename*"].map(Self.decodeExtended) ?? parameters["filename"]
        self.mediaType = mediaType
    }

    /// `form-data; name="a"; filename="b"` → `["name": "a", "filename": "b"]`; the first of equal names wins.
    private static func parameters(of disposition: Substring) -> [String: String] {
        var parameters: [String: String] = [:]
        var rest = disposition.drop { $0 != ";" }
        while rest.popFirst() != nil {
            rest = rest.drop(while: \.isWhitespace)
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            let value = takeValue(&rest)
            let key = name.lowercased()
            if parameters[key] == nil { parameters[key] = value }
            rest = rest.drop { $0 != ";" }
        }
        return parameters
    }

    /// A token, or a quoted string with the escapes that browsers (`%22`) and curl (`\"`) use.
    private static func takeValue(_ rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" && !$0.isWhitespace }
            rest = rest.dropFirst(token.count)
            return String(token)
        }
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        return value.replacing("%22", with: "\"").replacing("%0D", with: " ").replacing("%0A", with: " ")
    }

    /// `UTF-8''na%C3%AFve.jpg` (RFC 8187) → `naïve.jpg`.
    private static func decodeExtended(_ text: String) -> String {
        let encoded = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false).last ?? ""
        return PercentCoding.decode(encoded) ?? String(encoded)
    }
}
