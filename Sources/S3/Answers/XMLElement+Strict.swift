import AWSTransport
import S3XML
import SigV4

/// Reads of single values: what is there must make sense, or the whole answer is refused.
extension XMLElement {
    /// The text of a child that must be there and not be empty.
    func required(_ child: String) throws(AWSError) -> String {
        guard let text = self[child], !text.isEmpty else { throw .badAnswer("<\(name)> has no <\(child)>") }
        return text
    }

    /// A child's text; an empty one counts as none.
    func optional(_ child: String) -> String? {
        self[child].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A number of 0 or more in plain digits; `nil` when the child is missing.
    func count(_ child: String) throws(AWSError) -> Int64? {
        guard let text = self[child] else { return nil }
        guard let value = Int64(digits: text) else { throw .badAnswer("<\(child)> is no number: \(text.excerpt)") }
        return value
    }

    /// `true` or `false`; a missing child is `false`.
    func flag(_ child: String) throws(AWSError) -> Bool {
        switch self[child] {
        case nil, "false": return false
        case "true": return true
        case let text?: throw .badAnswer("<\(child)> is neither true nor false: \(text.excerpt)")
        }
    }

    /// A moment such as `2009-10-12T17:50:30.000Z`, fractions dropped; `nil` when the child is missing.
    func date(_ child: String) throws(AWSError) -> SigningDate? {
        guard let text = optional(child) else { return nil }
        guard let date = SigningDate(iso8601: text) else {
            throw .badAnswer("<\(child)> is no date: \(text.excerpt)")
        }
        return date
    }

    /// The tag in `<ETag>`; some stores leave it empty, which counts as none.
    func etag() throws(AWSError) -> ETag? {
        guard let text = optional("ETag") else { return nil }
        return ETag(text)
    }

    /// The checksum in `<ChecksumSHA256>`; `nil` when the store keeps none.
    func checksum() throws(AWSError) -> ObjectChecksum? {
        guard let text = optional("ChecksumSHA256") else { return nil }
        guard let checksum = ObjectChecksum(text) else {
            throw .badAnswer("<ChecksumSHA256> is no SHA-256: \(text.excerpt)")
        }
        return checksum
    }
}

extension Int64 {
    /// Reads decimal digits only: no sign, no blanks, nothing past the largest number.
    init?(digits text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.init(text)
    }
}

extension String {
    /// Its beginning, short enough for a message.
    var excerpt: String { String(prefix(40)) }
}
