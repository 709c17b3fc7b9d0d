/// Why a `multipart/form-data` body cannot be read.
package enum MalformedForm: Error, Equatable, CustomStringConvertible {
    /// The boundary is empty or too long.
    case badBoundary
    /// The body ends before the form does.
    case cutOff
    /// Something other than a line end or the closing dashes stands behind a boundary.
    case brokenBoundary
    /// A part's headers are too long; the limit is in bytes.
    case partHeadersTooLarge(limit: Int)
    /// A part does not say which field it is.
    case partWithoutName
    /// The form has too many parts.
    case tooManyParts(limit: Int)

    /// What is wrong and, where there is one, the way out, in a sentence for people.
    package var description: String {
        switch self {
        case .badBoundary:
            "The form's boundary must have 1 to 70 characters (RFC 2046)."
        case .cutOff:
            "The form ends before its last boundary: it was cut off on its way. Nothing was stored; send it again."
        case .brokenBoundary:
            "Something other than a line end stands behind a boundary of the form."
        case .partHeadersTooLarge(let limit):
            "A part of the form has more than \(limit) bytes of headers."
        case .partWithoutName:
            "A part of the form has no name. Every part needs `Content-Disposition: form-data; name=\"…\"`."
        case .tooManyParts(let limit):
            "The form has more than \(limit) parts."
        }
    }
}
