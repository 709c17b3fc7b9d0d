import AWSTransport
import GalleryHosting
import LambdaRuntime
import Logging
import Testing

@testable import GalleryLambda

@Suite("Settings of functions")
struct FunctionSettingsTests {
    private let complete = [
        "IMGN_STORAGE": "s3://pictures", "IMGN_CATALOG": "dynamodb://pictures",
        "IMGN_SEAL_SECRET": String(repeating: "s", count: 32), "AWS_REGION": "eu-central-1",
    ]

    private func problems(_ variables: [String: String]) -> [String] {
        do {
            _ = try FunctionSettings(AWSEnvironment(variables: variables))
            return []
        } catch {
            return error.problems
        }
    }

    @Test("a store, a table and a secret are enough")
    func enough() throws {
        let settings = try FunctionSettings(AWSEnvironment(variables: complete))
        #expect(settings.storage.region == "eu-central-1" && settings.catalog.region == "eu-central-1")
    }

    @Test("an empty environment is told all that it lacks, at once")
    func missing() {
        let problems = problems([:])
        #expect(problems.contains { $0.hasPrefix("IMGN_STORAGE is missing") })
        #expect(problems.contains { $0.hasPrefix("IMGN_CATALOG is missing") })
    }

    @Test("what is wrong is told with what is missing, and no secret is")
    func wrong() {
        var variables = complete
        variables["IMGN_STORAGE"] = "pictures"
        variables["IMGN_UPLOAD_LIMIT"] = "much"
        variables["IMGN_SEAL_SECRET"] = "unsealed"
        #expect(problems(variables).count == 3)
        #expect(!problems(variables).joined().contains("unsealed"))
    }

    @Test("the log is as Lambda says, at the level that imgn's own variable says")
    func logFormat() {
        let lambda = ["AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "ERROR"]
        #expect(LambdaLogFormat(AWSEnvironment(variables: lambda)) == LambdaLogFormat(form: .json, level: .error))
        let ours = lambda.merging(["IMGN_LOG_LEVEL": "debug"]) { $1 }
        #expect(LambdaLogFormat(AWSEnvironment(variables: ours)) == LambdaLogFormat(form: .json, level: .debug))
        let wrong = lambda.merging(["IMGN_LOG_LEVEL": "loud"]) { $1 }
        #expect(LambdaLogFormat(AWSEnvironment(variables: wrong)).level == .error)
    }
}
