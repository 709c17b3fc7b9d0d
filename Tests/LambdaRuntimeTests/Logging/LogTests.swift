import Logging
import Testing

@testable import LambdaRuntime

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Log lines and metrics, as they leave the process.
@Suite("Log and metrics")
struct LogTests {
    /// What a function writes, read back from a file that has no name.
    private static func written(_ body: (LineWriter) -> Void) throws -> String {
        let file = unsafe try #require(tmpfile())
        defer { unsafe fclose(file) }
        body(LineWriter(descriptor: unsafe fileno(file)))
        var bytes = [UInt8](repeating: 0, count: 200_000)
        let count = unsafe pread(fileno(file), &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    private static func line(_ format: LambdaLogFormat, _ log: (Logger) -> Void) throws -> String {
        try written { writer in
            var logger = Logger(label: "f") { LambdaLogHandler(label: $0, format: format, writer: writer) }
            logger[metadataKey: "requestId"] = "id-1"
            log(logger)
        }
    }

    @Test("a JSON line has what Lambda looks for, and the metadata as fields of their own")
    func json() throws {
        let line = try Self.line(LambdaLogFormat(form: .json)) { logger in
            logger.warning("a \"b\"\nc", metadata: ["n": "1", "list": ["x", ["k": "v"]], "level": "mine"])
        }
        let pattern = #/\{"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","level":"WARN",(.*)\}\n/#
        let match = try #require(try pattern.wholeMatch(in: line))
        let rest =
            #""message":"a \"b\"\nc","logger":"f","level_":"mine","list":["x",{"k":"v"}],"n":"1","requestId":"id-1""#
        #expect(match.1 == rest)
    }

    @Test("a line of text is one line, whatever is in it")
    func text() throws {
        let line = try Self.line(LambdaLogFormat(form: .text)) { $0.error("a\nb", metadata: ["n": "x\u{1B}[0m\r\n"]) }
        #expect(line.hasSuffix("Z ERROR a\\nb n=x\\u{1B}[0m\\r\\n requestId=id-1\n"))
        #expect(line.count(where: \.isNewline) == 1)
    }

    @Test("levels have Lambda's names")
    func levels() {
        let names = Logger.Level.allCases.map(\.lambdaName)
        #expect(names == ["TRACE", "DEBUG", "INFO", "INFO", "WARN", "ERROR", "FATAL"])
    }

    @Test("form and level come from Lambda's settings; what is below the level is not written")
    func format() throws {
        let settings = ["AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "ERROR"]
        #expect(LambdaLogFormat(environment: settings) == LambdaLogFormat(form: .json, level: .error))
        #expect(LambdaLogFormat(environment: [:]) == LambdaLogFormat(form: .text, level: .info))
        #expect(LambdaLogFormat(environment: ["AWS_LAMBDA_LOG_LEVEL": "LOUD"]).level == .info)
        #expect(try Self.line(LambdaLogFormat(environment: settings)) { $0.warning("hush") } == "")
    }

    @Test("a message without end is cut, and the line stays JSON")
    func longMessage() throws {
        let line = try Self.line(LambdaLogFormat(form: .json)) { logger in
            logger.info("\(String(repeating: "x", count: 100_000))", metadata: [:])
        }
        #expect(line.count { $0 == "x" } == LambdaLogHandler.longestMessage)
        #expect(line.hasSuffix(#"x …","logger":"f","requestId":"id-1"}"# + "\n"))
    }

    @Test("a metrics line names its numbers and holds them")
    func metrics() throws {
        let record = MetricsRecord(
            namespace: "imgn",
            dimensions: ["service": "api", "empty": ""],
            metrics: [.init("Uploads", 2), .init("Took", 1.5, .milliseconds), .init("Bad", .nan), .init("Uploads", 3)],
            properties: ["requestId": "id-1", "service": "not twice"]
        )
        let line = try #require(record.lines(at: WallTime(milliseconds: 7)).first)
        let expected =
            #"{"_aws":{"Timestamp":7,"CloudWatchMetrics":[{"Namespace":"imgn","Dimensions":[["service"]],"#
            + #""Metrics":[{"Name":"Uploads","Unit":"Count"},{"Name":"Took","Unit":"Milliseconds"}]}]},"#
            + #""service":"api","Uploads":2,"Took":1.5,"requestId":"id-1"}"#
        #expect(line == expected)
    }

    @Test("more metrics than a record may hold make several lines, none make no line")
    func manyMetrics() {
        let many = MetricsRecord(namespace: "n", metrics: (0..<250).map { .init("m\($0)", 1) })
        #expect(many.lines().count == 3)
        #expect(MetricsRecord(namespace: "n", metrics: []).lines().isEmpty)
    }
}
