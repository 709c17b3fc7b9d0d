import NIOCore
import NIOHTTP1

@testable import LambdaRuntime

extension LambdaRuntimeConfiguration {
    /// A configuration with small limits; nobody listens there.
    static var sample: Self {
        var configuration = LambdaRuntimeConfiguration(endpoint: RuntimeEndpoint(host: "127.0.0.1", port: 1))
        configuration.answerLimit = 100
        configuration.reportsCrashes = false
        configuration.extensionName = nil
        return configuration
    }

    /// The same on a managed instance.
    static var managed: Self {
        var configuration = sample
        configuration.isManagedInstance = true
        return configuration
    }
}

extension RuntimeReply {
    /// An event.
    static func event(_ id: String, body: String = "{}") -> RuntimeReply {
        RuntimeReply(status: 200, headers: ["Lambda-Runtime-Aws-Request-Id": id], body: ByteBuffer(string: body))
    }

    /// What the Runtime API says to answers.
    static let accepted = RuntimeReply(status: 202)
}

extension RuntimeMachine {
    /// A machine that waits for an event.
    static func polling(_ configuration: LambdaRuntimeConfiguration = .sample) -> RuntimeMachine {
        var machine = RuntimeMachine(configuration)
        _ = machine.receive(.started)
        _ = machine.receive(.connected)
        return machine
    }

    /// A machine whose handler is at work.
    static func handling(_ id: String, _ configuration: LambdaRuntimeConfiguration = .sample) -> RuntimeMachine {
        var machine = polling(configuration)
        _ = machine.receive(.answered(.event(id)))
        return machine
    }

    /// A machine whose answer is on its way.
    static func posting(_ id: String, _ configuration: LambdaRuntimeConfiguration = .sample) -> RuntimeMachine {
        var machine = handling(id, configuration)
        _ = machine.receive(.handled(.answer(.whole(ByteBuffer(string: "{}")))))
        return machine
    }
}

extension RuntimeMachine.Action {
    /// The action in few words.
    var name: String {
        switch self {
        case .connect(let pause): "connect \(pause)"
        case .send(let request): request.name
        case .stream(let request, _, _): "stream \(request.name)"
        case .handle(let head, _): "handle \(head.requestID)"
        case .join: "join"
        case .finish(let error): "finish: \(error)"
        }
    }

    /// The request, if there is one.
    var request: RuntimeRequest? {
        switch self {
        case .send(let request), .stream(let request, _, _): request
        case .connect, .handle, .join, .finish: nil
        }
    }
}
