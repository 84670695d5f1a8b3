import GatehouseTesting
import Hummingbird
import NIOCore
import NIOHTTP1
import SessionTokens

/// The least that a guard does for a token that is remembered by its digest.
struct TokenDigest: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let isTaken = request.headers[.authorization]?.isDigestTaken, isTaken else {
            throw HTTPError(.unauthorized)
        }
        return try await next(request, context)
    }
}

/// The least that a guard does for a token of which nothing is remembered.
struct TokenSignature: RouterMiddleware {
    typealias Context = BasicRequestContext

    private let raw: RawVerification
    private let message: [UInt8]
    private let signature: [UInt8]

    /// - Parameters:
    ///   - token: A token of the size of those that are sent.
    ///   - pair: The key pair that signs.
    init(_ token: String, by pair: KeyPair) throws {
        raw = try RawVerification(pem: pair.pem)
        message = Array(token.utf8.prefix(token.utf8.count * 2 / 3))
        signature = try pair.signature(of: message)
    }

    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        guard raw.verify(signature, of: message) else { throw HTTPError(.unauthorized) }
        return try await next(request, context)
    }
}

/// As ``TokenDigest``, for SwiftNIO.
final class TokenDigestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data),
            head.headers.first(name: "authorization")?.isDigestTaken != true
        {
            return context.close(promise: nil)
        }
        context.fireChannelRead(data)
    }
}

extension String {
    /// Takes SHA-256 of the text.
    fileprivate var isDigestTaken: Bool {
        var text = self
        return text.withUTF8 { RawVerification.digest($0) }
    }
}
