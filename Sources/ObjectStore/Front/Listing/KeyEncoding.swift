import S3XML
import SigV4

/// How keys are written in a listing: as they are, or percent-encoded (`encoding-type=url`), since XML cannot say all.
struct KeyEncoding: Sendable, Equatable {
    private let isURL: Bool

    /// Reads `encoding-type`.
    /// - Throws: `InvalidArgument` for anything but `url`.
    init(_ request: S3Request) throws(S3Error) {
        switch request.query("encoding-type") {
        case nil, "": isURL = false
        case "url": isURL = true
        case let other?: throw .invalidArgument("encoding-type", other, "Invalid Encoding Method specified in Request")
        }
    }

    /// Text as it stands in the answer.
    func encode(_ text: String) -> String {
        isURL ? URICoding.encode(text, keepingSlash: true) : text
    }

    /// Writes `EncodingType`, if there is one.
    func write(to writer: inout XMLWriter) {
        if isURL { writer.element("EncodingType", "url") }
    }
}
