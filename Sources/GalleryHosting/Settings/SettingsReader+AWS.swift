import AWSTransport

/// Places of AWS's services and their like.
extension SettingsReader {
    /// A setting by what the command line says of it, and its variable.
    typealias Source = (flag: String?, variable: String)

    private static let defaultRegion = "us-east-1"

    /// A region, from our own setting, else AWS's.
    mutating func region(_ source: Source, _ environment: AWSEnvironment) -> String {
        var ambient: String?
        do {
            ambient = try environment.region()
        } catch {
            note(error.message)
        }
        return read(
            source.flag,
            source.variable,
            default: ambient ?? Self.defaultRegion,
            expected: "a region like eu-central-1"
        ) { text in text.isEmpty || text.contains(where: { !$0.isASCII || $0 == "/" }) ? nil : text }
    }

    /// The address of a service, from our own setting, else AWS's.
    mutating func endpoint(
        _ source: Source,
        of service: String,
        region: String,
        _ environment: AWSEnvironment
    ) -> AWSEndpoint {
        var ambient: AWSEndpoint?
        do {
            ambient = try environment.endpoint(service: service)
        } catch {
            note(error.message)
        }
        return read(
            source.flag,
            source.variable,
            default: ambient ?? .aws(service: service, region: region),
            expected: "an address without a path, like https://\(service).example.org",
            parse: AWSEndpoint.init
        )
    }
}
