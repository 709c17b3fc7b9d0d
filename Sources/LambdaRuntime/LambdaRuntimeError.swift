/// Why a runtime cannot start, or cannot go on.
///
/// Nothing that a handler throws ends up here: that is told to the caller, and the next invocation is asked for.
package enum LambdaRuntimeError: Error, Sendable, Equatable {
    /// The environment does not say where the Runtime API is: this is not Lambda, nor its emulator.
    case notOnLambda
    /// An environment variable that Lambda sets has a value that makes no sense.
    case badSetting(name: String, value: String)
    /// The Runtime API cannot be reached, or what answers there is not it.
    case unreachable(reason: String)
    /// The Runtime API refuses to go on; it says that by a status after which a runtime must exit.
    case refused(operation: String, status: Int)
}

extension LambdaRuntimeError: CustomStringConvertible {
    /// One sentence for the log.
    package var description: String {
        switch self {
        case .notOnLambda:
            "AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function and needs Lambda or its emulator"
        case .badSetting(let name, let value): "\(name) is \"\(value)\", which makes no sense"
        case .unreachable(let reason): "the Runtime API cannot be reached: \(reason)"
        case .refused(let operation, let status): "the Runtime API answered \(operation) with \(status)"
        }
    }
}
