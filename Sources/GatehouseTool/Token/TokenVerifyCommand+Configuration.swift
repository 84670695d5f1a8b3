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
            maximumLifetime: nil  // no marks depend on the lifetime here
        )
    }

    /// The longest clock skew, ten thousand years. With a longer skew every possible date would be valid, and a `Duration` still has room
    /// for this one.
    private static let longestSkew = 3.2e11

    /// The kinds of token on the command line.
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
    /// Returns the algorithm with this name, exactly as in the registry.
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
