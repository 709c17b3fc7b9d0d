package import Logging

/// How a function's log lines look, and which are written.
package struct LambdaLogFormat: Sendable, Equatable {
    /// The two forms that Lambda's log settings know.
    package enum Form: Sendable, Equatable {
        /// A line of text.
        case text
        /// A JSON object a line, which Lambda can filter by its level and CloudWatch can search by its fields.
        case json
    }

    /// How lines look.
    package var form: Form
    /// The least important level that is written.
    package var level: Logger.Level

    /// A format of known parts.
    package init(form: Form = .json, level: Logger.Level = .info) {
        self.form = form
        self.level = level
    }

    /// Reads `AWS_LAMBDA_LOG_FORMAT` (`JSON` or `Text`) and `AWS_LAMBDA_LOG_LEVEL` (`TRACE` to `FATAL`).
    ///
    /// What is absent or unknown is text, as it is to Lambda, and `info`.
    package init(environment: [String: String]) {
        self.init(form: environment["AWS_LAMBDA_LOG_FORMAT"]?.lowercased() == "json" ? .json : .text)
        level = environment["AWS_LAMBDA_LOG_LEVEL"].flatMap { Self.levels[$0.uppercased()] } ?? .info
    }

    private static let levels: [String: Logger.Level] = [
        "TRACE": .trace, "DEBUG": .debug, "INFO": .info, "WARN": .warning, "ERROR": .error, "FATAL": .critical,
    ]
}

extension Logger.Level {
    /// What Lambda calls the level.
    var lambdaName: String {
        switch self {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info, .notice: "INFO"
        case .warning: "WARN"
        case .error: "ERROR"
        case .critical: "FATAL"
        }
    }
}
