import Hummingbird
import JWTKit
import SessionTokens

/// A guard as it is written in an afternoon: the token is verified on every request, and its role looked up in sets of strings.
struct JWTKitGuard: RouterMiddleware {
    typealias Context = BasicRequestContext

    let keys: JWTKeyCollection
    let permission: String
    private let permissions: [String: Set<String>] = [
        "member": ["org:invoices:read", "org:reports:read"],
        "admin": ["org:invoices:read", "org:invoices:pay", "org:invoices:void", "org:members:manage"],
    ]

    init(keys: JWTKeyCollection, permission: String) {
        self.keys = keys
        self.permission = permission
    }

    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let field = request.headers[.authorization], field.hasPrefix("Bearer ") else {
            throw HTTPError(.unauthorized)
        }
        let token = try await keys.verify(String(field.dropFirst(7)), as: SessionPayload.self)
        guard permissions[token.o.rol]?.contains(permission) == true else { throw HTTPError(.forbidden) }
        return try await next(request, context)
    }
}
