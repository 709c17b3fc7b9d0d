import AWSTransport
import S3

/// What to do about a failure, word for word.
enum Remedy {
    /// The way out of an error that the store or the network answered with; `nil` when none is known.
    static func of(_ error: AWSError, _ patient: DoctorPatient) -> String? {
        switch error.kind {
        case .credentials:
            return """
                Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN with temporary keys), or name a \
                profile of ~/.aws/credentials by AWS_PROFILE.
                """
        case .transport, .timeout:
            return """
                Is the store running, and is this its address? It is set by --storage-endpoint, or by AWS_ENDPOINT_URL.
                Try: curl -v \(patient.client.endpoint)
                """
        case .badAnswer: return notS3(patient)
        case .badRequest, .cancelled: return nil
        case .service: break
        }
        if error.code == nil, let status = error.status, status < 500 { return notS3(patient) }
        if regionCodes.contains(error.code ?? ""), let region = error.fields["Region"] {
            return "The bucket is in another region: --storage-region \(region)"
        }
        return of(code: error.code, status: error.status, patient)
    }

    private static let regionCodes: Set<String> = [
        "AuthorizationHeaderMalformed", "AuthorizationQueryParametersError", "PermanentRedirect", "TemporaryRedirect",
        "IllegalLocationConstraintException",
    ]

    private static func of(code: String?, status: Int?, _ patient: DoctorPatient) -> String? {
        switch code {
        case "InvalidAccessKeyId":
            "The store does not know this access key. Check AWS_ACCESS_KEY_ID, or the profile in AWS_PROFILE."
        case "SignatureDoesNotMatch":
            "The secret key is not the one of this access key. Check AWS_SECRET_ACCESS_KEY, or the profile."
        case "ExpiredToken", "InvalidToken": newSession
        case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture": clock
        case "NoSuchBucket": makeBucket(patient)
        case let code? where regionCodes.contains(code): "The bucket is in another region. Give it by --storage-region."
        case "AccessControlListNotSupported":
            "The bucket takes no ACLs, which is what AWS recommends. Leave --storage-acl out."
        case "AccessDenied", "AllAccessDisabled": policy(patient)
        default: status.map { $0 >= 500 } == true ? "The store is not well. Look into its own log, and try again." : nil
        }
    }

    /// How to get a session that lives.
    static let newSession = """
        The session is over, or its token is not that of the keys. Get a new one, for example so:
        eval "$(aws configure export-credentials --format env)"
        """

    /// How to set a clock.
    static let clock = "Set this machine's clock: sudo timedatectl set-ntp true"

    /// How to make the bucket.
    static func makeBucket(_ patient: DoctorPatient) -> String {
        let region = patient.client.region
        let place =
            isAWS(patient) && region != "us-east-1"
            ? " --create-bucket-configuration LocationConstraint=\(region)" : ""
        return "Make the bucket: aws s3api create-bucket --bucket \(patient.bucket)\(place)\(flags(patient))"
    }

    /// The policy that the gallery's own keys need.
    static func policy(_ patient: DoctorPatient) -> String {
        let bucket = "arn:aws:s3:::\(patient.bucket)"
        let folders = ["incoming"] + DoctorPatient.publicFolders
        let keys = folders.map { "\"\(bucket)/\(pattern(patient.prefix))\($0)/*\"" }
        let acl = patient.setup.acl == nil ? "" : " \"s3:PutObjectAcl\","
        return """
            Allow the user or role of these keys (IAM):
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:ListBucketMultipartUploads",
                "s3:GetLifecycleConfiguration"], "Resource": "\(bucket)"},
              {"Effect": "Allow", "Action": ["s3:PutObject",\(acl) "s3:GetObject", "s3:DeleteObject",
                "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
                "Resource": [\(keys.joined(separator: ", "))]}]}
            """
    }

    /// The bucket's CORS rules that the page needs.
    static func cors(_ patient: DoctorPatient, origin: String) -> String {
        let headers = CORSCheck.headers(patient).map { "\"\($0)\"" }.joined(separator: ", ")
        return """
            Save this as cors.json, beside the rules that are there:
            {"CORSRules": [{"AllowedOrigins": ["\(origin)"], "AllowedMethods": ["PUT", "GET", "HEAD"],
              "AllowedHeaders": [\(headers)],
              "ExposeHeaders": ["ETag", "x-amz-request-id"], "MaxAgeSeconds": 3000}]}
            aws s3api put-bucket-cors --bucket \(patient.bucket) --cors-configuration file://cors.json\(flags(patient))
            """
    }

    /// The lifecycle rule that drops uploads in parts that nobody finished.
    ///
    /// It leaves whole uploads alone: they wait for a gallery that is down, however long.
    static func lifecycle(_ patient: DoctorPatient) -> String {
        """
        Save this as lifecycle.json, beside the rules that are there:
        {"Rules": [{"ID": "imgn", "Status": "Enabled", "Filter": {"Prefix": "\(escaped(patient.prefix))incoming/"},
          "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2}}]}
        aws s3api put-bucket-lifecycle-configuration --bucket \(patient.bucket) \
        --lifecycle-configuration file://lifecycle.json\(flags(patient))
        """
    }

    /// The policy that makes pictures, and nothing else, public.
    static func publicPictures(_ patient: DoctorPatient) -> String {
        """
        Let anyone read the pictures, and nothing else. Save this as policy.json:
        \(picturesPolicy(patient))
        aws s3api put-bucket-policy --bucket \(patient.bucket) --policy file://policy.json\(flags(patient))
        Or leave --pictures-url out: the gallery then serves them itself.
        """
    }

    /// How to keep everyone else out of the bucket.
    static func closeBucket(_ patient: DoctorPatient) -> String {
        let bucket = patient.bucket
        let end = "A store of your own that asks nobody for keys must be told to."
        guard patient.setup.picturesURL != nil else {
            return """
                Take back what lets everyone in:
                aws s3api delete-bucket-policy --bucket \(bucket)\(flags(patient))
                aws s3api put-bucket-acl --bucket \(bucket) --acl private\(flags(patient))
                \(end)
                """
        }
        return """
            Let anyone read the pictures, and nothing else. Save this as policy.json:
            \(picturesPolicy(patient))
            aws s3api put-bucket-policy --bucket \(bucket) --policy file://policy.json\(flags(patient))
            aws s3api put-bucket-acl --bucket \(bucket) --acl private\(flags(patient))
            \(end)
            """
    }

    /// How to keep what is public to pictures, where the store is closed but what stands before it is not.
    static func hideIncoming(_ patient: DoctorPatient) -> String {
        """
        Let \(patient.setup.picturesURL ?? "--pictures-url") show /images/ and /renditions/ only: \
        a rule of the CDN that refuses every other path, or an origin that may read \(patient.prefix)images/* and \
        \(patient.prefix)renditions/* and no more.
        Or leave --pictures-url out: the gallery then serves pictures itself.
        """
    }

    /// How to set the pictures' address right.
    static func picturesURL(_ patient: DoctorPatient) -> String {
        let place = patient.prefix.isEmpty ? "the bucket's root" : "\(patient.prefix) in the bucket"
        return """
            --pictures-url must lead to \(place), so that <url>/images/… is \(patient.bucket)/\(patient.prefix)images/…
            Or leave it out: the gallery then serves pictures itself.
            """
    }

    private static func picturesPolicy(_ patient: DoctorPatient) -> String {
        let place = "arn:aws:s3:::\(patient.bucket)/\(pattern(patient.prefix))"
        let resources = DoctorPatient.publicFolders.map { "\"\(place)\($0)/*\"" }.joined(separator: ", ")
        return """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
              "Resource": [\(resources)]}]}
            """
    }

    private static func notS3(_ patient: DoctorPatient) -> String {
        "Does \(patient.client.endpoint) speak S3? Give the store's own address by --storage-endpoint."
    }

    private static func isAWS(_ patient: DoctorPatient) -> Bool {
        patient.client.endpoint.authority.hasSuffix(".amazonaws.com")
            || patient.client.endpoint.authority.hasSuffix(".amazonaws.com.cn")
    }

    private static func flags(_ patient: DoctorPatient) -> String {
        isAWS(patient) ? " --region \(patient.client.region)" : " --endpoint-url \(patient.client.endpoint)"
    }

    /// Text inside a JSON string.
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { $0 += "\"\\".contains($1) ? "\\\($1)" : String($1) }
    }

    /// Text inside the resource of a policy, in JSON: its `*`, `?` and `$` stand for themselves.
    static func pattern(_ text: String) -> String {
        text.reduce(into: "") { $0 += "*?$".contains($1) ? "${\($1)}" : escaped(String($1)) }
    }
}
