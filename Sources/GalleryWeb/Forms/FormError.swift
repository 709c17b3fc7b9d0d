/// Why a `multipart/form-data` body was refused.
enum FormError: Error, Equatable, CustomStringConvertible {
    case notAForm
    case badBoundary
    case cutOff
    case brokenBoundary
    case partHeadersTooLarge(limit: Int)
    case partWithoutName
    case tooManyParts(limit: Int)
    case fieldTooLarge(name: String, limit: Int)
    case noFile

    var description: String {
        switch self {
        case .notAForm:
            """
            Send the file as a form (`multipart/form-data`) with a part named `file`, \
            as in `curl -F file=@picture.jpg`.
            """
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
        case .fieldTooLarge(let name, let limit):
            "The field `\(name.prefix(40))` has more than \(limit) bytes."
        case .noFile:
            """
            The form holds no file. Choose a picture; programs send it as a part named `file`, \
            as in `curl -F file=@picture.jpg`.
            """
        }
    }
}
