import Testing

/// A script that must go the same way on every host.
struct HostCase: Sendable, CustomTestStringConvertible {
    let name: String
    var setting = HostSetting()
    /// The fronts that lose on the way what the case is about; `DifferenceTests` says what that is.
    let excepted: Set<Host>
    let script: Script

    init(
        _ name: String,
        _ setting: HostSetting = HostSetting(),
        except excepted: Set<Host> = [],
        _ script: @escaping Script
    ) {
        self.name = name
        self.setting = setting
        self.excepted = excepted
        self.script = script
    }

    var testDescription: String { name }

    static let all = browsing + files + uploads + parts + companion + forms + refusals + wires
}
