import NIOHTTP1

/// What comes with an event in the headers of `/next`.
struct InvocationHead: Sendable, Equatable {
    /// The longest request id that is believed; Lambda's have 36 characters.
    static let longestRequestID = 128

    /// Names the invocation.
    let requestID: String
    /// When the platform ends it.
    var deadline: InvocationDeadline?
    /// The ARN that was invoked.
    var functionARN: String?
    /// The X-Ray trace header.
    var traceID: String?
    /// The tenant.
    var tenantID: String?
    /// JSON of the mobile SDKs.
    var clientContext: String?
    /// JSON of Cognito.
    var cognitoIdentity: String?
    /// What managed instances call it.
    var invocationID: String?

    /// A head of which little is known.
    init(requestID: String, deadline: InvocationDeadline? = nil) {
        self.requestID = requestID
        self.deadline = deadline
    }

    /// Reads the headers; nil without a request id that can stand in a path.
    ///
    /// All else may be missing or be nonsense.
    init?(_ headers: HTTPHeaders) {
        func value(_ name: String) -> String? { headers.first(name: name).flatMap { $0.isEmpty ? nil : $0 } }
        guard let id = value("Lambda-Runtime-Aws-Request-Id"), Self.isRequestID(id) else { return nil }
        self.init(requestID: id)
        if let milliseconds = value("Lambda-Runtime-Deadline-Ms").flatMap(Int64.init), milliseconds > 0 {
            deadline = InvocationDeadline(millisecondsSince1970: milliseconds)
        }
        functionARN = value("Lambda-Runtime-Invoked-Function-Arn")
        traceID = value("Lambda-Runtime-Trace-Id")
        tenantID = value("Lambda-Runtime-Aws-Tenant-Id")
        clientContext = value("Lambda-Runtime-Client-Context")
        cognitoIdentity = value("Lambda-Runtime-Cognito-Identity")
        invocationID = value("Lambda-Runtime-Invocation-Id")
    }

    private static func isRequestID(_ text: String) -> Bool {
        guard text.utf8.count <= longestRequestID else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
