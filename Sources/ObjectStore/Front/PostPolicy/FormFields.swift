import HTTPEdge
import HTTPTypes

/// The fields of an upload's form, those before its file, by lower-case name.
///
/// Names are compared without regard to case, as S3 does: clients write `Policy`, `key` and `X-Amz-Date` in one form.
struct FormFields: RequestSettings {
    /// The values by lower-case name, as they were sent.
    private(set) var values: [String: String] = [:]
    /// What the fields mean as headers of a PUT.
    private(set) var headers: HTTPFields = [:]

    /// Nothing of a form is in the query.
    var signedQuery: [(name: String, value: String)] { [] }

    /// The value of a field by its lower-case name, as it was sent.
    subscript(name: String) -> String? { values[name] }

    /// Takes a field; what stands for a header is checked to be one.
    /// - Throws: `InvalidArgument` for a field that is there twice, or cannot be kept.
    mutating func insert(_ name: String, _ value: String) throws(S3Error) {
        let key = name.lowercased()
        guard values.updateValue(value, forKey: key) == nil else { throw .postFieldRepeated(name) }
        guard let header = Self.headerName(of: key) else { return }
        let trimmed = String(HeaderList.trimmed(value[...]))
        guard HTTPField.isValidValue(trimmed) else { throw .postFieldInvalid(name, value) }
        if !trimmed.isEmpty { headers[header] = trimmed }
    }

    /// Gives a field that is no header another value.
    mutating func set(_ name: String, _ value: String) {
        values[name] = value
    }

    /// The names of S3's form fields that are headers elsewhere, without the `x-amz-` ones.
    private static let plainHeaders: Set<String> = [
        "cache-control", "content-disposition", "content-encoding", "content-language", "content-md5", "content-type",
        "expires", "if-none-match",
    ]

    private static func headerName(of field: String) -> HTTPField.Name? {
        switch field {
        case "acl", "tagging": HTTPField.Name("x-amz-\(field)")
        case _ where field.hasPrefix("x-amz-") || plainHeaders.contains(field): HTTPField.Name(field)
        default: nil
        }
    }
}
