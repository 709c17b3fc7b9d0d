import GalleryAWS
package import GalleryCore
package import GalleryHosting
package import GalleryWeb

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The gallery of a function: on a store and a table.
extension FunctionProgram.Parts {
    /// The clients of the store.
    package var storage: ExternalStorage {
        ExternalStorage(settings.storage, environment: environment, http: http, logger: logger)
    }

    /// Who may upload, counted in the table, and where people sign in; nothing is sent yet.
    package var access: (gate: UploadGate, signIn: (any SignInGuide)?) {
        settings.gallery.access.open(
            operatorToken: settings.gallery.owner,
            table: table.catalog,
            http: http,
            now: { Date() }
        )
    }

    /// The client of the table.
    private var table: ExternalCatalog {
        ExternalCatalog(settings.catalog, environment: environment, http: http, logger: logger)
    }

    /// The gallery; nothing is sent yet.
    ///
    /// What the store does is not tried out, for that takes long and needs rights that functions do not have.
    package func gallery() throws -> Gallery {
        guard let seal = settings.gallery.seal else {
            throw BadConfiguration(problems: ["IMGN_SEAL_SECRET is missing"])
        }
        var gallery = Gallery(
            ports: (table.catalog, storage.storage(settings.storage.abilities ?? StoreAbilities())),
            limits: settings.gallery.limits,
            access: (seal, settings.gallery.owner),
            logger: logger,
            now: { Date() }
        )
        gallery.keepsOriginals = settings.gallery.ingest.keepsOriginals
        return gallery
    }
}
