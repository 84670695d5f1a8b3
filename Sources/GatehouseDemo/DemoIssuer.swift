#if Hummingbird && Curl
import Gatehouse
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird

/// The token issuer, which publishes its key as Clerk does.
enum DemoIssuer {
    static let jwksPath = "/.well-known/jwks.json"

    static func router(_ keyPair: KeyPair) -> Router<BasicPrincipalRequestContext> {
        let router = Router(context: BasicPrincipalRequestContext.self)
        let jwks = keyPair.jwks.description
        router.get(RouterPath(jwksPath)) { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: jwks))
            )
        }
        return router
    }
}
#endif
