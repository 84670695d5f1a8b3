#if Server
import ArgumentParser
import GatehouseClerk
import GatehouseTokens

extension TokenVerifyCommand {
    var clock: WallClock { at.map { option in WallClock { option.time } } ?? .system }

    var verifierConfiguration: TokenVerifier.Configuration {
        TokenVerifier.Configuration(
            profile: type.profile,
            algorithms: Set(algorithm),
            issuer: issuer,
            audiences: audience,
            authorizedParties: authorizedParty,
            clockSkew: .seconds(min(clockSkew, Self.longestSkew)),
            maximumLifetime: nil  // it tells whether a token is good, and no marks depend on that
        )
    }

    /// Ten thousand years: beyond it every date that can be written is good, and a duration still holds it.
    private static let longestSkew = 3.2e11

    /// The kinds of token that may be asked for.
    enum TokenType: String, ExpressibleByArgument, CaseIterable {
        case session, m2m, oauth, any

        var profile: TokenProfile {
            switch self {
            case .session: .clerkSession
            case .m2m: .clerkM2M
            case .oauth: .clerkOAuth
            case .any: .clerkAny
            }
        }
    }
}

extension SignatureAlgorithm {
    /// Returns the algorithm that an argument names, exactly as the registry writes it.
    static func named(_ argument: String) throws -> SignatureAlgorithm {
        guard let algorithm = SignatureAlgorithm(rawValue: argument) else {
            throw ValidationError(
                "there is no algorithm “\(argument)”: \(allCases.map(\.rawValue).joined(separator: " "))"
            )
        }
        return algorithm
    }
}
#endif
