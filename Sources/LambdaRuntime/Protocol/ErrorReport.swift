import NIOCore

/// An error as Lambda and the caller of a function are told of it.
struct ErrorReport: Sendable, Equatable {
    /// Who failed: what the runtime does, or the function.
    enum Origin: String, Sendable {
        /// The runtime.
        case runtime = "Runtime"
        /// The function's own code.
        case function = "Function"
    }

    /// The most bytes of a message; what is longer is cut.
    static let longestMessage = 16 * 1024
    private static let longestType = 120

    /// `Function.StorageUnavailable`, say; always of the form that the platform accepts.
    let type: String
    /// A sentence for people.
    let message: String

    /// A report; a type that is no word of letters becomes `Unknown`, as the platform would make it.
    init(_ origin: Origin, _ type: String, _ message: String) {
        self.type = "\(origin.rawValue).\(Self.word(type))"
        self.message = Self.cut(message)
    }

    /// What a handler threw.
    init(_ error: any Error) {
        switch error {
        case let failure as any InvocationFailure:
            self.init(.function, failure.errorType, failure.errorMessage)
        case let error as DecodingError:
            self.init(.function, "InvalidEvent", "the event cannot be used: \(Self.describe(error))")
        default:
            self.init(.function, Self.name(of: error), String(describing: error))
        }
    }

    /// The JSON document.
    var body: ByteBuffer {
        var json = JSONText()
        json.object { json in
            json.field("errorType", type)
            json.field("errorMessage", message)
            json.field("stackTrace") { $0.strings([]) }
        }
        return ByteBuffer(string: json.text)
    }

    /// What X-Ray shows of it, for a header.
    var traceCause: String {
        var json = JSONText(ascii: true)
        json.object { json in
            json.field("working_directory", "")
            json.field("exceptions") { json in
                json.array { json in
                    json.object { json in
                        json.field("type", type)
                        json.field("message", String(message.prefix(1_024)))
                        json.field("stack") { $0.strings([]) }
                    }
                }
            }
            json.field("paths") { $0.strings([]) }
        }
        return json.text
    }

    /// The platform's pattern is `[A-Z][a-zA-Z]+`.
    private static func word(_ text: String) -> String {
        let letters = text.unicodeScalars.filter { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
        guard let first = letters.first, letters.count > 1 else { return "Unknown" }
        let capital = String(first).uppercased()
        return String((capital + String(String.UnicodeScalarView(letters.dropFirst()))).prefix(longestType))
    }

    private static func name(of error: any Error) -> String {
        let name = String(describing: Swift.type(of: error))
        // Generic types: what stands before the angle bracket says enough.
        return String(name.prefix { $0 != "<" })
    }

    private static func cut(_ message: String) -> String {
        guard message.utf8.count > longestMessage else { return message }
        return String(decoding: message.utf8.prefix(longestMessage), as: UTF8.self) + " …"
    }

    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(place(context, key)) is missing"
        case .valueNotFound(_, let context): "\(place(context)) is null"
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            "\(place(context)): \(context.debugDescription)"
        @unknown default: String(describing: error)
        }
    }

    private static func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
        let keys = context.codingPath + (key.map { [$0] } ?? [])
        return keys.isEmpty
            ? "its top" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
