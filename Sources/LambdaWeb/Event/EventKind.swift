/// What stands before the function and speaks HTTP with the client; each has an event and an answer of its own.
package enum EventKind: Sendable, Equatable {
    /// A REST API of API Gateway, or whatever else sends payload 1.0.
    case restAPI
    /// An HTTP API of API Gateway: payload 2.0.
    case httpAPI
    /// A function URL: payload 2.0.
    case functionURL
    /// A target group of a load balancer; its answers must have the flavour of headers that its events have.
    case loadBalancer(multiValue: Bool)

    /// The most bytes that a whole answer, written as JSON, may have.
    var answerLimit: Int {
        switch self {
        case .restAPI, .httpAPI, .functionURL: 6 * 1024 * 1024 + 100
        case .loadBalancer: 1024 * 1024
        }
    }
}

extension EventKind {
    /// Reads from the marks of an event what sent it; nil when nothing that speaks HTTP did.
    ///
    /// Marks of the wrong type do not keep an event from being recognised, so that it can be answered.
    init?(_ event: EventFields) {
        let context = try? event.object("requestContext")
        let version = try? event.text("version")
        if context?.has("elb") == true {
            self = .loadBalancer(multiValue: event.has("multiValueHeaders"))
        } else if version == "2.0" || context?.has("http") == true || event.has("rawPath") {
            let domain = (try? context?.text("domainName")) ?? ""
            self = domain.contains(".lambda-url.") ? .functionURL : .httpAPI
        } else if event.has("httpMethod") {
            self = .restAPI
        } else {
            return nil
        }
    }
}
