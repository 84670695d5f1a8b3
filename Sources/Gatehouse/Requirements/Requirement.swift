/// A condition on a request: one value, so that the same tree can be written in Swift and in a file.
///
/// ```swift
/// let requirement: Requirement = .allOf(.permission("org:invoices:read"), .not(.role("org:suspended")))
/// ```
///
/// An empty `allOf` or `anyOf` refuses. `not` swaps allowed and refused, and leaves other outcomes alone. A requirement about a part of the
/// path refuses if the path does not have that part, under `not` as well.
public indirect enum Requirement: Sendable {
    /// Everybody meets the requirement, with or without a principal.
    case `public`
    /// The request has a principal, whoever it is.
    case authenticated
    /// The principal holds the permission, for a resource in the path or, without one, for the context's resource.
    case permission(PermissionName, on: PathResource? = nil)
    /// The principal holds the role, directly or by inheritance. A delegated credential holds no role, since no scope limits what a role
    /// gives.
    case role(String)
    /// The principal speaks for an organization: any organization, a certain one, or the one in the path.
    case organization(OrganizationDemand)
    /// The user proved a factor recently. Only sessions meet this requirement, since no other credential can step up.
    case factor(Reverification)
    /// The organization or the user has the plan: `o:name` for the organization, `u:name` for the user, or `name` for either. A delegated
    /// credential has no plan, under `not` as well. The requirement of an empty name or another scope is not met, under `not` as well.
    case plan(String)
    /// The organization, or the user, has the feature, written like a plan.
    case feature(String)
    /// The credential is of one of these kinds.
    case tokenKind(Set<Principal.TokenKind>)
    /// All of the requirements are met.
    case allOf([Requirement])
    /// At least one of the requirements is met.
    case anyOf([Requirement])
    /// The requirement is not met.
    case not(Requirement)
    /// The closure decides. The name is for logs. Under `not` the closure may be called twice for a delegated credential: see
    /// ``evaluate(_:)``.
    case custom(String, @Sendable (Context) async -> Outcome)

    /// Returns a requirement that the principal speaks for the organization that this placeholder of the path names by its id or its slug,
    /// compared by bytes.
    ///
    /// A handler that needs the organization's id takes it from the principal, since the path may have the slug instead.
    public static func organization(inPath parameter: String) -> Requirement { .organization(.inPath(parameter)) }

    /// Returns a requirement that the credential is of one of these kinds.
    public static func tokenKind(_ kinds: Principal.TokenKind...) -> Requirement { .tokenKind(Set(kinds)) }

    /// Returns a requirement that all of the requirements are met.
    public static func allOf(_ requirements: Requirement...) -> Requirement { .allOf(requirements) }

    /// Returns a requirement that at least one of the requirements is met.
    public static func anyOf(_ requirements: Requirement...) -> Requirement { .anyOf(requirements) }
}
