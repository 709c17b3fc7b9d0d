/// A multipart upload that was started and neither completed nor aborted.
package struct UnfinishedUpload: Sendable, Equatable {
    /// Which upload.
    package let upload: MultipartUpload
    /// What was said of the object at the start.
    package let plan: MultipartPlan

    /// When it was started, in milliseconds since 1970.
    package var startedAt: Int64 { upload.id.startedAt }

    /// Describes one upload.
    package init(_ upload: MultipartUpload, plan: MultipartPlan) {
        self.upload = upload
        self.plan = plan
    }
}
