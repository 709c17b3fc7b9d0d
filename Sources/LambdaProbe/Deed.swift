import LambdaRuntime
import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the probe does with one event, `"word argument"` with or without the quotes of JSON.
struct Deed {
    /// What to do.
    private let word: String
    /// How much, or with what.
    private let argument: String
    private let event: ByteBuffer
    private let invocation: Invocation

    /// Reads an event.
    init(_ event: ByteBuffer, _ invocation: Invocation) {
        let text = String(buffer: event).filter { $0 != "\"" }
        let words = text.prefix(200).split(separator: " ", maxSplits: 1).map(String.init)
        word = words.first ?? ""
        argument = words.count > 1 ? words[1] : ""
        self.event = event
        self.invocation = invocation
    }

    /// Does it.
    func answer() async throws -> InvocationAnswer {
        if let crash { crash() }
        switch word {
        case "bytes": return .whole(ByteBuffer(repeating: UInt8(ascii: "x"), count: count))
        case "stream": return .stream(stream)
        case "sleep": try await Task.sleep(for: .milliseconds(count))
        case "block": usleep(UInt32(clamping: count * 1_000))
        case "throw": throw ProbeFailure(errorType: "AsAsked", errorMessage: argument)
        case "invalid": throw InvalidEvent("as was asked for: \u{1}\n\"quoted\"")
        case "context": return .whole(ByteBuffer(string: context))
        case "log": invocation.logger.error("said as asked", metadata: ["what": "\(argument)"])
        case "size": return .whole(ByteBuffer(string: String(event.readableBytes)))
        default: return .whole(event)
        }
        return .whole(ByteBuffer(string: "\"done\""))
    }

    private var count: Int { Int(argument) ?? 0 }

    private var context: String {
        let trace = unsafe getenv("_X_AMZN_TRACE_ID").map { unsafe String(cString: $0) }
        let left = invocation.remainingTime.map { $0 > .zero ? "some" : "none" }
        return [trace, invocation.clientContext, invocation.tenantID, left, invocation.requestID]
            .map { $0 ?? "-" }.joined(separator: " | ")
    }

    private var stream: StreamedAnswer {
        let (count, fails) = (count, argument.hasSuffix("fail"))
        return StreamedAnswer(head: StreamHead(status: 200, headers: ["content-type": "text/plain"])) { writer in
            for number in 0..<max(count, 3) { try await writer.write(ByteBuffer(string: "piece \(number)\n")) }
            if fails { throw ProbeFailure(errorType: "MidStream", errorMessage: "as was asked for") }
        }
    }
}

extension Deed {
    /// The way to crash that was asked for.
    private var crash: (() -> Void)? {
        switch word {
        case "trap": Self.trap
        case "index": { _ = Array(repeating: 0, count: count)[count + 1] }
        case "precondition": { preconditionFailure("as was asked for") }
        case "overflow": { _ = Self.depth(of: count) }
        case "badaccess": { raise(SIGSEGV) }
        case "abort": { abort() }
        case "exit": { exit(Int32(clamping: count)) }
        default: nil
        }
    }

    /// Fails a check.
    static func trap() {
        preconditionFailure("a check that fails")
    }

    /// Recursion without an end.
    @inline(never)
    private static func depth(of number: Int) -> Int {
        number < -1 ? number : depth(of: number + 1) + depth(of: number + 2)
    }
}
