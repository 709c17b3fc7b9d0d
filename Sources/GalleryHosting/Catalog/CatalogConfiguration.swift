package import AWSTransport
package import DynamoDB

/// Where the index of pictures is when it is not a file in the data folder.
///
/// | flag | variable | type | default |
/// |---|---|---|---|
/// | `--catalog` | `IMGN_CATALOG` | `dynamodb://table` | a file in the data folder |
/// | – | `IMGN_CATALOG_ENDPOINT` | `http(s)://host[:port]` | `AWS_ENDPOINT_URL[_DYNAMODB]`, else AWS |
/// | – | `IMGN_CATALOG_REGION` | region | `AWS_REGION`, the profile's, else `us-east-1` |
package struct CatalogConfiguration: Sendable, Equatable {
    /// The table's name.
    package let table: TableName
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
        let table: TableName? = reader.read(
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

    /// Reads `dynamodb://table`.
    private static func table(_ text: String) -> TableName? {
        let scheme = "\(service)://"
        return text.hasPrefix(scheme) ? TableName(String(text.dropFirst(scheme.count))) : nil
    }
}
