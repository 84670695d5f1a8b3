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

    /// The profile of a token of any of the three kinds, for inspection only. An authenticator of requests names the accepted kinds.
    public static let clerkAny = TokenProfile(
        types: TokenProfile.jwt.types + TokenProfile.accessToken.types,
        allowsMissingType: true,
        category: category(accepting: [sessionCategory, m2mCategory]),
        subject: .any,
        stringClaims: clerkStringClaims
    )

    /// Returns the categories of Clerk in `cat`. The category of JWT templates (`cl_B7d4PD222AAA`) is in no profile: such tokens outlive a
    /// revocation.
    private static func category(accepting own: [String], refusing others: [String] = []) -> Category {
        Category(member: "cat", accepted: own + [neutralCategory], invalid: others)
    }
}

/// The prefix of the ids of machines.
let machinePrefix = "mch_"
private let sessionCategory = "cl_B7d4PD111AAA"
private let m2mCategory = "cl_B7d4PD333AAA"
/// The category that does not determine the kind.
private let neutralCategory = "cl_I7d4PD111III"
private let clerkStringClaims = ["sid", "sts"]
