package import Hummingbird
package import LambdaRuntime
package import Logging
package import NIOCore

/// What a request's context is made of under Lambda.
package struct LambdaRequestContextSource: RequestContextSource {
    /// The invocation that brought the request.
    package let invocation: Invocation
    /// What stands before the function.
    package let kind: EventKind
    /// The address that the front saw the request come from, as text.
    package let clientAddress: String?
    /// Writes lines that carry the request's id, where Hummingbird looks for it.
    package let logger: Logger

    /// The source of one request's context.
    package init(invocation: Invocation, kind: EventKind, clientAddress: String?) {
        self.invocation = invocation
        self.kind = kind
        self.clientAddress = clientAddress
        let key = "hb.request.id"
        var logger = invocation.logger
        logger[metadataKey: key] = .string(invocation.requestID)
        if logger[metadataKey: key] == nil {
            logger = Logger(label: logger.label, factory: { _ in SilentLogHandler() })
            logger[metadataKey: key] = .string(invocation.requestID)
        }
        self.logger = logger
    }
}

/// What a request knows under Lambda: Hummingbird's own part, and the invocation.
package struct LambdaRequestContext: RequestContext, RemoteAddressRequestContext {
    package typealias Source = LambdaRequestContextSource

    /// What Hummingbird itself needs.
    package var coreContext: CoreRequestContextStorage
    /// The invocation that brought the request.
    package let invocation: Invocation
    /// What stands before the function.
    package let kind: EventKind
    /// The address that the front saw the request come from, as text.
    package let clientAddress: String?

    /// A context of its source.
    package init(source: LambdaRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        invocation = source.invocation
        kind = source.kind
        clientAddress = source.clientAddress
    }

    /// The same address as NIO has it, with a port that nobody knows (0); nil when it is none.
    package var remoteAddress: SocketAddress? {
        clientAddress.flatMap { try? SocketAddress(ipAddress: $0, port: 0) }
    }
}
