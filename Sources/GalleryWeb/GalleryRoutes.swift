package import GalleryCore
package import Hummingbird

/// What the routes need besides the gallery.
package struct GalleryWebConfiguration: Sendable {
    /// The address users reach us under, `https://pictures.example`; `nil` takes what each request's `Host` says.
    package var publicURL: String?
    /// Where else browsers go for uploads and pictures.
    package var origins: StorageOrigins
    /// More checks for `/readyz`, by name.
    package var readinessChecks: [ReadinessCheck]
    /// The origins whose pages may use `/s3/…` from elsewhere, `https://blog.example`; others' browsers refuse.
    package var allowedOrigins: [String]
    /// What stores have to show at `/hooks/s3`; without it there is no such route.
    package var hookSecret: HookSecret?
    /// Who may upload, and how often.
    package var gate: UploadGate
    /// Knows where people sign in; `nil` where nobody can.
    package var signIn: (any SignInGuide)?

    package init(
        publicURL: String? = nil,
        origins: StorageOrigins = StorageOrigins(),
        readinessChecks: [ReadinessCheck] = [],
        allowedOrigins: [String] = [],
        hookSecret: HookSecret? = nil,
        gate: UploadGate = UploadGate(),
        signIn: (any SignInGuide)? = nil
    ) {
        self.publicURL = publicURL
        self.origins = origins
        self.readinessChecks = readinessChecks
        self.allowedOrigins = allowedOrigins
        self.hookSecret = hookSecret
        self.gate = gate
        self.signIn = signIn
    }
}

/// Every route of the gallery, on one page.
package struct GalleryRoutes: Sendable {
    /// What the routes are about.
    let gallery: Gallery
    private let uploads: UploadRoutes
    private let parts: PartRoutes
    private let images: ImageRoutes
    private let mission: MissionRoutes
    private let pages: PageRoutes
    private let files: PublicFileRoutes
    private let companion: CompanionRoutes
    private let allowedOrigins: [String]
    private let hooks: HookRoutes?
    private let session: SessionRoutes
    private let health: HealthRoutes
    private let templates: Templates

    /// The routes of a gallery.
    package init(gallery: Gallery, configuration: GalleryWebConfiguration = GalleryWebConfiguration()) {
        let links = Links(publicURL: configuration.publicURL, storage: gallery.storage)
        self.gallery = gallery
        templates = Templates(origins: configuration.origins)
        let gate = configuration.gate
        uploads = UploadRoutes(gallery: gallery, links: links, gate: gate)
        parts = PartRoutes(gallery: gallery, links: links)
        images = ImageRoutes(gallery: gallery, links: links, gate: gate)
        mission = MissionRoutes(gallery: gallery, links: links, gate: gate)
        pages = PageRoutes(
            gallery: gallery,
            links: links,
            templates: templates,
            signIn: configuration.signIn,
            asksToken: gate.policy == .token
        )
        files = PublicFileRoutes(gallery: gallery)
        companion = CompanionRoutes(gallery: gallery, links: links, gate: gate)
        allowedOrigins = configuration.allowedOrigins
        hooks = configuration.hookSecret.map { HookRoutes(gallery: gallery, secret: $0) }
        session = SessionRoutes(gate: gate, guide: configuration.signIn)
        health = HealthRoutes(gallery: gallery, checks: configuration.readinessChecks)
    }

    /// Adds the routes, and the middleware that turns their errors into answers, to a router.
    ///
    /// - Parameter router: Made with the option `autoGenerateHeadEndpoints`, so that whatever answers GET answers HEAD.
    package func add<Context: RequestContext>(to router: Router<Context>) {
        router.add(middleware: HeadMiddleware())
        router.add(middleware: SafetyHeadersMiddleware())
        router.add(middleware: ProblemMiddleware(templates: templates))
        router.add(middleware: CompanionMiddleware(allowedOrigins: allowedOrigins))
        router.add(middleware: MethodMiddleware(methods: methods))

        // Pages
        router.get("/", use: pages.gallery)
        router.get("/i/{id}", use: pages.image)
        router.get("/ui/{file}", use: UIFiles.serve)
        // The mission's own two routes
        router.post("/upload", use: mission.upload)
        router.get("/gallery", use: mission.gallery)
        // API
        router.post("/api/uploads", use: uploads.requestTicket)
        router.delete("/api/uploads", use: parts.abort)
        router.post("/api/uploads/parts", use: parts.sign)
        router.get("/api/uploads/parts", use: parts.list)
        router.post("/api/uploads/complete", use: parts.complete)
        router.get("/api/session", use: session.get)
        router.post("/api/images", use: images.receive)
        router.get("/api/images", use: images.list)
        router.get("/api/images/{id}", use: images.one)
        router.delete("/api/images/{id}", use: images.remove)
        router.get("/api/images/{id}/original", use: images.original)
        // Uppy Companion's protocol
        router.get("/s3/params", use: companion.params)
        router.post("/s3/multipart", use: companion.begin)
        router.get("/s3/multipart/{uploadId}", use: companion.list)
        router.delete("/s3/multipart/{uploadId}", use: companion.abort)
        router.get("/s3/multipart/{uploadId}/batch", use: companion.signBatch)
        router.get("/s3/multipart/{uploadId}/{partNumber}", use: companion.sign)
        router.post("/s3/multipart/{uploadId}/complete", use: companion.complete)
        router.get("/s3/sts", use: companion.credentials)
        // What stores tell
        if let hooks { router.post("/hooks/s3", use: hooks.receive) }
        // Public bytes
        router.get("/images/{file}", use: files.picture)
        router.get("/renditions/{id}/{file}", use: files.rendition)
        // Operations
        router.get("/healthz", use: health.alive)
        router.get("/readyz", use: health.ready)
    }

    /// Adds only what a process without visitors answers: how it is, and what stores tell it.
    ///
    /// - Parameter router: As for ``add(to:)``.
    package func addForWorkers<Context: RequestContext>(to router: Router<Context>) {
        router.add(middleware: SafetyHeadersMiddleware())
        router.add(middleware: ProblemMiddleware(templates: templates))
        var methods = AllowedMethods()
        for path in ["/healthz", "/readyz"] { methods.allow([.get, .head], on: path) }
        if hooks != nil { methods.allow([.post], on: "/hooks/s3") }
        router.add(middleware: MethodMiddleware(methods: methods))
        router.get("/healthz", use: health.alive)
        router.get("/readyz", use: health.ready)
        if let hooks { router.post("/hooks/s3", use: hooks.receive) }
    }

    /// What the paths of ``add(to:)`` take.
    private var methods: AllowedMethods {
        var methods = AllowedMethods()
        for path in [
            "/", "/i/{id}", "/ui/{file}", "/gallery", "/api/images/{id}/original", "/images/{file}",
            "/renditions/{id}/{file}", "/healthz", "/readyz", "/api/session", "/s3/params",
            "/s3/multipart/{uploadId}/batch", "/s3/multipart/{uploadId}/{partNumber}", "/s3/sts",
        ] {
            methods.allow([.get, .head], on: path)
        }
        let posts = ["/upload", "/api/uploads/complete", "/s3/multipart", "/s3/multipart/{uploadId}/complete"]
        for path in posts + (hooks == nil ? [] : ["/hooks/s3"]) { methods.allow([.post], on: path) }
        methods.allow([.get, .head, .delete], on: "/s3/multipart/{uploadId}")
        methods.allow([.post, .delete], on: "/api/uploads")
        methods.allow([.get, .head, .post], on: "/api/uploads/parts")
        methods.allow([.get, .head, .post], on: "/api/images")
        methods.allow([.get, .head, .delete], on: "/api/images/{id}")
        return methods
    }
}
