import Foundation
import Testing

@testable import AWSTransport

@Suite("AWSEnvironment of the process")
struct ProcessEnvironmentTests {
    @Test("the variables are those that Foundation sees")
    func variables() {
        #expect(AWSEnvironment.readProcessVariables() == ProcessInfo.processInfo.environment)
        #expect(AWSEnvironment.process["PATH"] == ProcessInfo.processInfo.environment["PATH"])
    }
}
