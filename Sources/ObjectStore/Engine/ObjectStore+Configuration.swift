#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension ObjectStore {
    /// How a store is set up.
    package struct Configuration: Sendable {
        /// The folder of the store and of nothing else (`DIR/store`); made with its parents when it is not there.
        package var directory: String
        /// The buckets that must be there; made when they are not, and never deleted.
        ///
        /// Clients may make more.
        package var buckets: [BucketName]
        /// How many bytes of the disk stay free: a write that would need them is refused.
        package var keepFreeBytes: Int64
        /// The fewest bytes of every part of a multipart upload but the last.
        package var minimumPartByteCount: Int64
        /// Called after an object became visible and durable, before its writer hears of it.
        ///
        /// Must not block.
        package var onObjectCreated: @Sendable (BucketName, ObjectKey) -> Void
        /// The time in milliseconds since 1970.
        package var now: @Sendable () -> Int64

        /// Makes a configuration.
        ///
        /// - Parameters:
        ///   - directory: The folder of the store and of nothing else.
        ///   - buckets: The buckets.
        ///   - keepFreeBytes: How many bytes of the disk stay free; 256 MiB if not said.
        ///   - minimumPartByteCount: The fewest bytes of every part but the last; S3's 5 MiB if not said.
        ///   - onObjectCreated: Called after an object became visible and durable; must not block.
        ///   - now: The time in milliseconds since 1970; the system's clock if not said.
        package init(
            directory: String,
            buckets: [BucketName],
            keepFreeBytes: Int64 = 256 << 20,
            minimumPartByteCount: Int64 = 5 << 20,
            onObjectCreated: @escaping @Sendable (BucketName, ObjectKey) -> Void = { _, _ in },
            now: @escaping @Sendable () -> Int64 = Self.systemTime
        ) {
            self.directory = directory
            self.buckets = buckets
            self.keepFreeBytes = keepFreeBytes
            self.minimumPartByteCount = minimumPartByteCount
            self.onObjectCreated = onObjectCreated
            self.now = now
        }

        /// The system's clock in milliseconds since 1970.
        @Sendable package static func systemTime() -> Int64 {
            var time = timespec()
            _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
            return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        }
    }
}
