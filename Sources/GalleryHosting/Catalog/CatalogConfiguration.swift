package import AWSTransport

/// Where the index of pictures is when it is not a file in the data folder.
///
/// | flag | variable | type | default |
/// |---|---|---|---|
/// | `--catalog` | `IMGN_CATALOG` | `dynamodb://table` | a file in the data folder |
/// | – | `IMGN_CATALOG_ENDPOINT` | `http(s)://host[:port]` | `AWS_ENDPOINT_URL[_DYNAMODB]`, else AWS |
/// | – | `IMGN_CATALOG_REGION` | region | `AWS_REGION`, the profile's, else `us-east-1` |
package struct CatalogConfiguration: Sendable, Equatable {
    /// The table's name.
    package let table: String
    /// The database's address.
    package let endpoint: AWSEndpoint
    /// The database's region.
    package let region: String

    private static let service = "dynamodb"

    /// Reads the settings; `nil` when nothing names a table.
    ///
    /// - Parameters:
    ///   - flag: What the command line says of the table.
    ///   - environment: Says what AWS's own variables and files say.
    ///   - reader: Takes the problems.
    package init?(_ flag: String?, environment: AWSEnvironment, _ reader: inout SettingsReader) {
        let table: String? = reader.read(
            flag,
            "IMGN_CATALOG",
            default: nil,
            expected: "a table like dynamodb://pictures",
            parse: { Self.table($0).map(Optional.some) }
        )
        let region = reader.region((nil, "IMGN_CATALOG_REGION"), environment)
        let endpoint = reader.endpoint(
            (nil, "IMGN_CATALOG_ENDPOINT"),
            of: Self.service,
            region: region,
            environment
        )
        guard let table else { return nil }
        self.table = table
        self.endpoint = endpoint
        self.region = region
    }

    /// Reads `dynamodb://table` (DynamoDB, naming rules: 3 to 255 letters, digits, `_`, `-`, `.`).
    private static func table(_ text: String) -> String? {
        let scheme = "\(service)://"
        guard text.hasPrefix(scheme) else { return nil }
        let name = text.dropFirst(scheme.count)
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "_-.".utf8.contains(byte)
            }
        }
        return isName && (3...255).contains(name.utf8.count) ? String(name) : nil
    }
}
