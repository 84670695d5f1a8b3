/// The kinds of JWT that a Clerk instance signs with one key.
///
/// Session and machine tokens differ in the header's `cat` and in the subject, OAuth access tokens in the header's `typ`
/// (`@clerk/backend`, tokens/machine.ts and tokens/jwtCategories.ts).
public enum ClerkTokenKind: String, Sendable, Hashable, CaseIterable {
    /// A user's session, which lives for a minute.
    case session
    /// One machine speaking to another; its subject is `mch_…`.
    case m2m
    /// An OAuth 2.0 access token.
    case oauth

    /// What such a token must look like.
    public var profile: TokenProfile {
        switch self {
        case .session: .clerkSession
        case .m2m: .clerkM2M
        case .oauth: .clerkOAuth
        }
    }

    /// The kind of a verified token.
    init(of token: VerifiedToken) {
        let types = TokenProfile.clerkOAuth.types
        if let type = token.header.member("typ"), types.contains(where: { type.isString($0, ignoringASCIICase: true) })
        {
            self = .oauth
        } else {
            self = token.subject.utf8.starts(with: machinePrefix.utf8) ? .m2m : .session
        }
    }
}

extension TokenProfile {
    /// A session token of Clerk.
    public static let clerkSession = TokenProfile(
        types: ["JWT"],
        allowsMissingType: true,
        category: category(accepting: [sessionCategory], refusing: [m2mCategory]),
        subject: .notPrefixed(machinePrefix),
        stringClaims: clerkStringClaims
    )

    /// A machine-to-machine token of Clerk.
    public static let clerkM2M = TokenProfile(
        types: ["JWT"],
        allowsMissingType: true,
        category: category(accepting: [m2mCategory]),
        subject: .prefixed(machinePrefix),
        stringClaims: clerkStringClaims
    )

    /// An OAuth access token of Clerk (RFC 9068).
    public static let clerkOAuth = TokenProfile(
        types: TokenProfile.accessToken.types,
        allowsMissingType: false,
        category: category(accepting: [], refusing: [m2mCategory]),
        subject: .notPrefixed(machinePrefix),
        stringClaims: clerkStringClaims
    )

    /// Any of the three, to look at a token; what accepts requests names the kinds that it accepts.
    public static let clerkAny = TokenProfile(
        types: TokenProfile.jwt.types + TokenProfile.accessToken.types,
        allowsMissingType: true,
        category: category(accepting: [sessionCategory, m2mCategory]),
        subject: .any,
        stringClaims: clerkStringClaims
    )

    /// Clerk's categories in `cat`. A JWT template's (`cl_B7d4PD222AAA`) is in none: such tokens outlive a revocation.
    private static func category(accepting own: [String], refusing others: [String] = []) -> Category {
        Category(member: "cat", accepted: own + [neutralCategory], invalid: others)
    }
}

private let machinePrefix = "mch_"
private let sessionCategory = "cl_B7d4PD111AAA"
private let m2mCategory = "cl_B7d4PD333AAA"
/// Says nothing about the kind.
private let neutralCategory = "cl_I7d4PD111III"
private let clerkStringClaims = ["sid", "sts"]
