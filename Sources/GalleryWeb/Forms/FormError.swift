/// Why a form that can be read is not one the gallery takes; what cannot be read at all is a `MalformedForm`.
enum FormError: Error, Equatable, CustomStringConvertible {
    case notAForm
    case fieldTooLarge(name: String, limit: Int)
    case noFile

    var description: String {
        switch self {
        case .notAForm:
            """
            Send the file as a form (`multipart/form-data`) with a part named `file`, \
            as in `curl -F file=@picture.jpg`.
            """
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
