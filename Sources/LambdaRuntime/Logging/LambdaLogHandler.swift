package import Logging

/// Writes log lines as Lambda understands them, one a record, at once.
package struct LambdaLogHandler: LogHandler {
    /// The longest message that is written; Lambda cuts lines too, but then they are no JSON any more.
    static let longestMessage = 64 * 1024
    /// Fields that mean something to Lambda, and that metadata therefore may not have.
    private static let reserved: Set<String> = ["timestamp", "level", "message", "logger", "error"]

    /// What every line says beside its message.
    package var metadata: Logger.Metadata = [:]
    /// Adds what belongs to the task that logs.
    package var metadataProvider: Logger.MetadataProvider?
    /// The least important level that is written.
    package var logLevel: Logger.Level

    private let label: String
    private let form: LambdaLogFormat.Form
    private let writer: LineWriter

    /// A handler for a logger.
    ///
    /// - Parameters:
    ///   - label: The logger's name.
    ///   - format: How lines look.
    ///   - writer: Where they go.
    package init(label: String, format: LambdaLogFormat, writer: LineWriter = .standardError) {
        self.label = label
        self.writer = writer
        form = format.form
        logLevel = format.level
    }

    /// One entry of what every line says.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a record.
    package func log(event: LogEvent) {
        let all = merged(event.metadata)
        let time = WallTime.now().rfc3339
        switch form {
        case .json: writer.write(json(event, all, time))
        case .text: writer.write(text(event, all, time))
        }
    }

    /// What is nearer to the call wins.
    private func merged(_ own: Logger.Metadata?) -> [(key: String, value: Logger.Metadata.Value)] {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own { all.merge(own) { _, new in new } }
        return all.sorted { $0.key < $1.key }
    }

    private func json(
        _ event: LogEvent,
        _ metadata: [(key: String, value: Logger.Metadata.Value)],
        _ time: String
    ) -> String {
        var json = JSONText()
        json.object { json in
            json.field("timestamp", time)
            json.field("level", event.level.lambdaName)
            json.field("message", message(of: event))
            json.field("logger", label)
            if let error = event.error { json.field("error", String(describing: error)) }
            for (key, value) in metadata {
                json.field(Self.reserved.contains(key) ? key + "_" : key) { $0.metadata(value) }
            }
        }
        return json.text
    }

    private func text(
        _ event: LogEvent,
        _ metadata: [(key: String, value: Logger.Metadata.Value)],
        _ time: String
    ) -> String {
        var words = [time, event.level.lambdaName, message(of: event)]
        if let error = event.error { words.append("error=\(error)") }
        words += metadata.map { "\($0.key)=\($0.value)" }
        return words.joined(separator: " ").onOneLine
    }

    private func message(of event: LogEvent) -> String {
        let message = event.message.description
        guard message.utf8.count > Self.longestMessage else { return message }
        return String(decoding: message.utf8.prefix(Self.longestMessage), as: UTF8.self) + " …"
    }
}

extension JSONText {
    fileprivate mutating func metadata(_ value: Logger.Metadata.Value) {
        switch value {
        case .string(let text): string(text)
        case .stringConvertible(let value): string(value.description)
        case .array(let values):
            array { json in
                for value in values { json.metadata(value) }
            }
        case .dictionary(let fields):
            object { json in
                for (key, value) in fields.sorted(by: { $0.key < $1.key }) { json.field(key) { $0.metadata(value) } }
            }
        }
    }
}

extension String {
    /// The text with its control characters spelled out, so that nobody can forge a second line.
    fileprivate var onOneLine: String {
        guard unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else { return self }
        return unicodeScalars.map { $0.value < 32 || $0.value == 127 ? $0.escaped(asASCII: true) : String($0) }.joined()
    }
}
