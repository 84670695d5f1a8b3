/// A condition that a request must fulfil: one value, so that the same tree can be written in Swift and in a file.
///
/// ```swift
/// let requirement: Requirement = .allOf(.permission("org:invoices:read"), .not(.role("org:suspended")))
/// ```
///
/// An empty `allOf` or `anyOf` refuses. `not` swaps allowed and refused and leaves the other outcomes alone; but a requirement about
/// what the path names refuses where the path does not name it, under `not` as well.
public indirect enum Requirement: Sendable {
    /// Everybody may, known or not.
    case `public`
    /// There is a principal, whoever it is.
    case authenticated
    /// The principal holds the permission, for a resource that the path names or, without one, for the context's resource.
    case permission(PermissionName, on: PathResource? = nil)
    /// The principal holds the role, itself or by inheritance. A delegated credential holds none: no scope limits what a role stands for.
    case role(String)
    /// The principal speaks for an organization: any, a certain one, or the one that the path names.
    case organization(OrganizationDemand)
    /// The user has proved lately who they are. Only sessions meet it: nobody can step up with another credential.
    case factor(Reverification)
    /// The organization, or the user, has the plan: `o:name`, `u:name`, or `name` of either. A delegated credential has none, under `not`
    /// as well.
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
    /// The closure decides. The name is for logs. Under `not` it may be called twice for a delegated credential: see ``evaluate(_:)``.
    case custom(String, @Sendable (Context) async -> Outcome)

    /// The principal speaks for the organization that the path names by this placeholder, as its id or as its slug, compared by bytes.
    ///
    /// A handler that needs the organization's id takes it from the principal: the path may have the slug in its place.
    public static func organization(inPath parameter: String) -> Requirement { .organization(.inPath(parameter)) }

    /// The credential is of one of these kinds.
    public static func tokenKind(_ kinds: Principal.TokenKind...) -> Requirement { .tokenKind(Set(kinds)) }

    /// All of the requirements are met.
    public static func allOf(_ requirements: Requirement...) -> Requirement { .allOf(requirements) }

    /// At least one of the requirements is met.
    public static func anyOf(_ requirements: Requirement...) -> Requirement { .anyOf(requirements) }
}
