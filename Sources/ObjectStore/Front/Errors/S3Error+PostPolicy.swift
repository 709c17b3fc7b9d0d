// Refusals of a form upload. Source: AWS, "Browser-based uploads using POST".

// MARK: The form

extension S3Error {
    /// A body that is no form, or one that was cut off.
    static let malformedPostRequest = S3Error(
        "MalformedPOSTRequest",
        400,
        "The body of your POST request is not well-formed multipart/form-data."
    )

    /// Too much before the file.
    static func postFieldsTooLarge(limit: Int) -> S3Error {
        S3Error(
            "MaxPostPreDataLengthExceededError",
            400,
            "Your POST request fields preceding the upload file were too large.",
            fields: ["MaxPostPreDataLengthBytes": "\(limit)"]
        )
    }

    /// A form without a file, or with its file under another name.
    static let postWithoutFile = invalidArgument("file", "0", "POST requires exactly one file upload per request.")

    /// A form without a field that every form needs.
    static func postFieldMissing(_ name: String) -> S3Error {
        invalidArgument(
            name,
            "",
            "Bucket POST must contain a field named '\(name)'.  If it is specified, please check the order of the "
                + "fields."
        )
    }

    /// A field that stands in the form twice, of which a policy could have checked one and the upload used the other.
    static func postFieldRepeated(_ name: String) -> S3Error {
        invalidArgument(name, "", "POST requires exactly one field named '\(name)'.")
    }

    /// A field whose value cannot be kept as a header.
    static func postFieldInvalid(_ name: String, _ value: String) -> S3Error {
        invalidArgument(name, value, "The value of the field cannot be a header. Percent-encode it.")
    }
}

// MARK: The policy's document

extension S3Error {
    /// A policy document that cannot be read, and why.
    static func invalidPolicyDocument(_ reason: String) -> S3Error {
        S3Error("InvalidPolicyDocument", 400, "Invalid Policy: \(reason)")
    }
}

// MARK: What the policy says

extension S3Error {
    /// A form that the policy does not allow, and why.
    static func againstPolicy(_ reason: String) -> S3Error {
        S3Error("AccessDenied", 403, "Invalid according to Policy: \(reason)")
    }

    /// A file that is smaller than the policy allows.
    static func entityTooSmall(proposed: Int64, minimum: Int64) -> S3Error {
        S3Error(
            "EntityTooSmall",
            400,
            "Your proposed upload is smaller than the minimum allowed size",
            fields: ["ProposedSize": "\(proposed)", "MinSizeAllowed": "\(minimum)"]
        )
    }
}
