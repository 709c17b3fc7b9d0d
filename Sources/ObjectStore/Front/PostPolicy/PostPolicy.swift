import SigV4

/// What the owner of a key allows the sender of a form: until when, and which fields and sizes.
///
/// Source: AWS, "Creating a POST policy".
struct PostPolicy: Sendable, Equatable {
    /// One thing that must hold.
    enum Condition: Sendable, Equatable {
        /// The field has exactly this value.
        case equals(field: String, String)
        /// The field's value begins with this text; the empty text allows any value.
        case startsWith(field: String, String)
        /// The file has that many bytes.
        case byteCount(ClosedRange<Int64>)
    }

    /// From when on the policy is worth nothing.
    let expiration: SigningDate
    /// Everything that must hold, in the document's order; fields by lower-case name.
    let conditions: [Condition]

    /// The fewest bytes that every condition allows.
    var minimumByteCount: Int64 { sizes.map(\.lowerBound).max() ?? 0 }

    /// The most bytes that every condition allows.
    var maximumByteCount: Int64 { sizes.map(\.upperBound).min() ?? .max }

    private var sizes: [ClosedRange<Int64>] {
        conditions.compactMap { condition in
            guard case .byteCount(let range) = condition else { return nil }
            return range
        }
    }

    /// Checks a form.
    ///
    /// - Parameters:
    ///   - fields: All fields, `bucket` among them, and `key` with the file's name put in.
    ///   - now: The server's clock.
    /// - Throws: `AccessDenied`, naming the condition that failed or the field that no condition is about.
    func check(_ fields: FormFields, at now: SigningDate) throws(S3Error) {
        guard now < expiration else { throw .againstPolicy("Policy expired.") }
        for condition in conditions where !condition.holds(for: fields) {
            throw .againstPolicy("Policy Condition failed: \(condition)")
        }
        let covered = Set(conditions.compactMap(\.field))
        let extra = fields.values.keys.filter { !Self.needsNoCondition($0) && !covered.contains($0) }
        guard extra.isEmpty else {
            throw .againstPolicy("Extra input fields: \(extra.sorted().joined(separator: ", "))")
        }
    }

    /// Whether a field needs no condition: the signature and what it signs, and what the client says is to be ignored.
    private static func needsNoCondition(_ field: String) -> Bool {
        field == "policy" || field == "x-amz-signature" || field.hasPrefix("x-ignore-")
    }
}

extension PostPolicy.Condition: CustomStringConvertible {
    /// The field that the condition is about; nil for the size.
    var field: String? {
        switch self {
        case .equals(let field, _), .startsWith(let field, _): field
        case .byteCount: nil
        }
    }

    /// The condition as a policy writes it.
    var description: String {
        switch self {
        case .equals(let field, let value): "[\"eq\", \"$\(field)\", \"\(value)\"]"
        case .startsWith(let field, let start): "[\"starts-with\", \"$\(field)\", \"\(start)\"]"
        case .byteCount(let range): "[\"content-length-range\", \(range.lowerBound), \(range.upperBound)]"
        }
    }

    /// Whether the condition holds for the fields; the size is judged as the file arrives.
    ///
    /// Every type in a list of content types must begin as asked, or a page could hide one behind another.
    fileprivate func holds(for fields: FormFields) -> Bool {
        switch self {
        case .byteCount:
            true
        case .equals(let field, let value):
            fields[field].map { $0.utf8.elementsEqual(value.utf8) } == true
        case .startsWith("content-type", let start):
            (fields["content-type"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
                .allSatisfy { $0.drop { $0 == " " }.utf8.starts(with: start.utf8) }
        case .startsWith(let field, let start):
            (fields[field] ?? "").utf8.starts(with: start.utf8)
        }
    }
}
