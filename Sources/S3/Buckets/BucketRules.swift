import AWSTransport
import S3XML

/// One rule of who may call a bucket from web pages.
package struct BucketCORSRule: Hashable, Sendable {
    /// Origins, each with one `*` at most.
    package let allowedOrigins: [String]
    /// `GET`, `PUT` and so on.
    package let allowedMethods: [String]
    /// Names of request headers, each with one `*` at most.
    package let allowedHeaders: [String]
    /// Names of response headers that scripts may read.
    package let exposedHeaders: [String]
    /// For how long a preflight's answer may be kept.
    package let maxAgeSeconds: Int64?

    init(_ element: XMLElement) throws(AWSError) {
        allowedOrigins = element.all("AllowedOrigin").map(\.text)
        allowedMethods = element.all("AllowedMethod").map(\.text)
        allowedHeaders = element.all("AllowedHeader").map(\.text)
        exposedHeaders = element.all("ExposeHeader").map(\.text)
        maxAgeSeconds = try element.count("MaxAgeSeconds")
    }
}

/// One rule of what the store does by itself with objects that grow old.
package struct LifecycleRule: Hashable, Sendable {
    /// Whether the rule is in force.
    package let isEnabled: Bool
    /// What the keys begin with that it is for; empty means all.
    package let prefix: String
    /// After how many days unfinished uploads in parts are dropped; `nil` when the rule does not.
    package let abortsUploadsAfterDays: Int64?
    /// After how many days objects are removed; `nil` when the rule does not.
    package let expiresAfterDays: Int64?

    init(_ element: XMLElement) throws(AWSError) {
        isEnabled = try element.required("Status") == "Enabled"
        let filter = element.all("Filter").first
        prefix =
            filter?.optional("Prefix") ?? filter?.all("And").first?.optional("Prefix") ?? element.optional("Prefix")
            ?? ""
        abortsUploadsAfterDays = try element.all("AbortIncompleteMultipartUpload").first?.count("DaysAfterInitiation")
        expiresAfterDays = try element.all("Expiration").first?.count("Days")
    }
}
