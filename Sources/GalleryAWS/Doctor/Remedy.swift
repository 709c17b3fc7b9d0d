import AWSTransport
import S3

/// What to do about a failure, word for word.
enum Remedy {
    /// The way out of an error that the store or the network answered with; `nil` when none is known.
    static func of(_ error: AWSError, _ patient: DoctorPatient) -> String? {
        switch error.kind {
        case .credentials: return nil  // The message says it.
        case .transport, .timeout:
            return """
                Is the store running, and is this its address? It is set by --storage-endpoint, or by AWS_ENDPOINT_URL.
                Try: curl -v \(patient.client.endpoint)
                """
        case .badAnswer:
            return "Does \(patient.client.endpoint) speak S3? Give the store's own address by --storage-endpoint."
        case .service, .badRequest, .cancelled: break
        }
        if let region = error.fields["Region"] { return "The bucket is in another region: --storage-region \(region)" }
        return of(code: error.code, status: error.status, patient)
    }

    private static func of(code: String?, status: Int?, _ patient: DoctorPatient) -> String? {
        switch code {
        case "InvalidAccessKeyId":
            "The store does not know this access key. Check AWS_ACCESS_KEY_ID, or the profile in AWS_PROFILE."
        case "SignatureDoesNotMatch":
            "The secret key is not the one of this access key. Check AWS_SECRET_ACCESS_KEY, or the profile."
        case "ExpiredToken", "InvalidToken":
            "The session is over. Get new credentials, for example by `aws sso login`."
        case "RequestTimeTooSkewed", "RequestExpired":
            "This machine's clock is wrong. Set it: sudo timedatectl set-ntp true"
        case "NoSuchBucket": makeBucket(patient)
        case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException":
            "The bucket is in another region. Give it by --storage-region."
        case "AccessControlListNotSupported":
            "The bucket takes no ACLs, which is what AWS recommends. Leave --storage-acl out."
        case "AccessDenied": policy(patient)
        default: status == 403 ? policy(patient) : status == 301 ? "Give the bucket's region by --storage-region." : nil
        }
    }

    /// How to make the bucket.
    static func makeBucket(_ patient: DoctorPatient) -> String {
        """
        Make the bucket: aws s3api create-bucket --bucket \(patient.bucket)\(flags(patient))
        """
    }

    /// The policy that the gallery's own keys need.
    static func policy(_ patient: DoctorPatient) -> String {
        let bucket = "arn:aws:s3:::\(patient.bucket)"
        let keys = ["incoming", "images"].map { "\"\(bucket)/\(patient.prefix)\($0)/*\"" }.joined(separator: ", ")
        return """
            Allow the user or role of these keys (IAM):
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
                "Resource": "\(bucket)"},
              {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject", "s3:DeleteObject",
                "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"], "Resource": [\(keys)]}]}
            """
    }

    /// The bucket's CORS rules that the page needs.
    static func cors(_ patient: DoctorPatient, origin: String) -> String {
        let headers = CORSCheck.headers(patient).map { "\"\($0)\"" }.joined(separator: ", ")
        return """
            Save this as cors.json:
            {"CORSRules": [{"AllowedOrigins": ["\(origin)"], "AllowedMethods": ["PUT", "GET", "HEAD"],
              "AllowedHeaders": [\(headers)],
              "ExposeHeaders": ["ETag", "x-amz-request-id"], "MaxAgeSeconds": 3000}]}
            aws s3api put-bucket-cors --bucket \(patient.bucket) --cors-configuration file://cors.json\(flags(patient))
            """
    }

    /// The lifecycle rule that cleans up after uploads nobody finished.
    static func lifecycle(_ patient: DoctorPatient) -> String {
        """
        Save this as lifecycle.json, beside the rules that are there:
        {"Rules": [{"ID": "imgn", "Status": "Enabled", "Filter": {"Prefix": "\(patient.prefix)incoming/"},
          "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}, "Expiration": {"Days": 2}}]}
        aws s3api put-bucket-lifecycle-configuration --bucket \(patient.bucket) \
          --lifecycle-configuration file://lifecycle.json\(flags(patient))
        """
    }

    /// The policy that makes pictures, and nothing else, public.
    static func publicPictures(_ patient: DoctorPatient) -> String {
        """
        Let anyone read the pictures, and nothing else (bucket policy):
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::\(patient.bucket)/\(patient.prefix)images/*"}]}
        Or leave --pictures-url out: the gallery then serves them itself.
        """
    }

    private static func flags(_ patient: DoctorPatient) -> String {
        let endpoint = patient.client.endpoint
        return endpoint.authority.hasSuffix(".amazonaws.com")
            ? " --region \(patient.client.region)" : " --endpoint-url \(endpoint)"
    }
}
