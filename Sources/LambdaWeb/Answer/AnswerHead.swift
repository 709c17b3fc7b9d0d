import HTTPTypes
import Hummingbird
import LambdaRuntime

/// Status and header fields of an answer, in the flavour that the front reads.
struct AnswerHead {
    /// What belongs to the connection between client and front.
    private static let dropped: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    /// The status.
    let status: HTTPResponse.Status
    /// What stands before the function.
    let kind: EventKind
    /// Each field's values under its name, in the order of their first.
    private var fields: [(name: HTTPField.Name, values: [String])] = []

    /// The head of a response; a length is said only where there is no body to count, as for HEAD.
    init(_ response: Response, kind: EventKind, keepsLength: Bool) {
        status = response.status
        self.kind = kind
        for field in response.headers {
            guard !Self.dropped.contains(field.name.canonicalName) else { continue }
            guard keepsLength || field.name != .contentLength else { continue }
            if let index = fields.firstIndex(where: { $0.name == field.name }) {
                fields[index].values.append(field.value)
            } else {
                fields.append((field.name, [field.value]))
            }
        }
    }

    /// Fields with one value each; what has several is joined, where that may be.
    var single: [(name: String, value: String)] {
        var single: [(name: String, value: String)] = []
        for (name, values) in fields where !hasList(name, values) && !isCookie(name) {
            single.append((name.rawName, values.joined(separator: ", ")))
        }
        if kind == .loadBalancer(multiValue: false) { single += respelledCookies }
        return single
    }

    /// Fields with lists of values.
    var lists: [(name: String, values: [String])] {
        fields.filter { hasList($0.name, $0.values) }.map { ($0.name.rawName, $0.values) }
    }

    /// The cookies, where they stand for themselves.
    var cookies: [String] {
        guard kind == .httpAPI || kind == .functionURL else { return [] }
        return setCookies
    }

    private var setCookies: [String] {
        fields.first { $0.name == .setCookie }?.values ?? []
    }

    private func hasList(_ name: HTTPField.Name, _ values: [String]) -> Bool {
        switch kind {
        case .restAPI: values.count > 1
        case .httpAPI, .functionURL: false
        case .loadBalancer(let multiValue): multiValue
        }
    }

    /// Cookies cannot be joined, so each front without lists has its own way with them.
    private func isCookie(_ name: HTTPField.Name) -> Bool {
        name == .setCookie && kind != .restAPI && kind != .loadBalancer(multiValue: true)
    }

    /// A load balancer that takes one value a name takes `set-cookie` and `Set-cookie` for two names.
    private var respelledCookies: [(name: String, value: String)] {
        setCookies.enumerated().map { index, value in
            let letters = "set-cookie".enumerated().map { place, letter in
                index >> place & 1 == 1 ? letter.uppercased() : String(letter)
            }
            return (letters.joined(), value)
        }
    }
}

extension AnswerHead {
    /// The JSON of a whole answer without its last brace: the body is yet to come.
    func openJSON(isBase64: Bool) -> Substring {
        var json = JSONText()
        json.object { json in
            json.field("statusCode") { $0.number(status.code) }
            if case .loadBalancer = kind { json.field("statusDescription", "\(status.code) \(status.reasonPhrase)") }
            json.field("headers") { json in
                json.object { json in
                    for (name, value) in single { json.field(name, value) }
                }
            }
            if kind == .restAPI || kind == .loadBalancer(multiValue: true) {
                json.field("multiValueHeaders") { json in
                    json.object { json in
                        for (name, values) in lists { json.field(name) { $0.strings(values) } }
                    }
                }
            }
            if !cookies.isEmpty { json.field("cookies") { $0.strings(cookies) } }
            json.field("isBase64Encoded") { $0.bool(isBase64) }
        }
        return json.text.dropLast()
    }

    /// The head of a streamed answer.
    var streamHead: StreamHead {
        StreamHead(
            status: status.code,
            headers: Dictionary(single, uniquingKeysWith: { first, _ in first }),
            multiValueHeaders: Dictionary(lists.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first }),
            cookies: cookies
        )
    }
}
