#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import Hummingbird

/// A resource that only the handler knows.
///
/// Without the line that asks, whoever is known may edit: the assertions fail, as `isAsking` shows.
func makeDocumentServer(
    _ clerk: ClerkAuthenticator,
    _ authorizer: Authorizer,
    _ documents: Documents,
    isAsking: Bool = true
) -> Server {
    let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
    router.patch("documents/:id", requires: .authenticated) { request, context in
        let document = try await documents.find(context.parameters.require("id"))
        if isAsking {
            try await authorizer.require("docs:edit", for: context.principal, on: document.resource)
        }
        return try await documents.update(document, with: request)
    }
    return Application(router: router, services: [clerk, authorizer])
}

/// Documents of a server, each with its owner.
struct Documents: Sendable {
    struct Document: Sendable {
        let id: String
        let owner: String

        var resource: Resource { Resource(type: "document", id: id, attributes: ["owner": .string(owner)]) }
    }

    func find(_ id: String) async throws -> Document {
        guard id == "7" else { throw HTTPError(.notFound) }
        return Document(id: id, owner: "user_1")
    }

    func update(_ document: Document, with request: Request) async throws -> String { "updated \(document.id)" }
}
#endif
