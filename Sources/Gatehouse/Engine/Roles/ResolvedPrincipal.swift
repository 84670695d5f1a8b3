/// The rights of a principal under one policy, compiled: a check is a look at two bits and allocates nothing.
///
/// It keeps the engine that it was resolved with, so that each check sees one policy whole. ``CurrentPolicy/isCurrent(_:)`` tells whether
/// that is still in force. It knows of no membership source: an ``Authorizer`` does, and is as fast.
public final class ResolvedPrincipal: Sendable {
    /// The policy that decides.
    public let engine: PolicyEngine
    let principal: Principal
    let roles: ResolvedRoles

    init(_ principal: Principal, _ roles: ResolvedRoles) {
        engine = roles.engine
        self.principal = principal
        self.roles = roles
    }

    /// Returns true if the principal may do this to nothing in particular.
    ///
    /// - Parameters:
    ///   - permission: The permission that is asked for.
    ///   - time: The time; asked for only where a role is held for a time.
    public func allows(_ permission: Permission, at time: @autoclosure () -> Timestamp) -> Bool {
        verdict(on: permission, at: time) == .allowed
    }

    /// Returns true if the principal may do this to a resource, in these circumstances.
    ///
    /// - Parameters:
    ///   - permission: The permission that is asked for.
    ///   - resource: The resource; `nil` for nothing in particular.
    ///   - action: Further facts of the action: a JSON object, which conditions find under `$action`.
    ///   - context: The circumstances: a JSON object, which conditions find under `$context`.
    ///   - time: The time; asked for only where a role is held for a time or a resource.
    public func allows(
        _ permission: Permission,
        on resource: Resource?,
        action: JSONValue = [:],
        context: JSONValue = [:],
        at time: @autoclosure () -> Timestamp
    ) -> Bool {
        let details = CheckDetails(resource: resource, action: action, context: context)
        return verdict(on: permission, with: details, at: time) == .allowed
    }

    /// Returns true if the principal may do what the text names; a malformed name is denied.
    public func allows(_ name: String, at time: @autoclosure () -> Timestamp) -> Bool {
        if let id = roles.unownedView.permissions.id(of: name), let verdict = roles.standingVerdict(id) {
            return verdict == .allowed
        }
        guard let permission = try? Permission(validating: name) else { return false }
        return verdict(on: permission, with: CheckDetails(), at: time) == .allowed
    }

    /// Returns the verdict on the permission, for nothing in particular.
    @inline(__always)
    func verdict(on permission: Permission, at time: () -> Timestamp) -> Verdict {
        if let verdict = roles.standingVerdict(roles.unownedView.permissions.id(of: permission)) { return verdict }
        return verdict(on: permission, with: CheckDetails(), at: time)
    }

    /// Returns the verdict on the permission, if a few steps are enough; else `nil`.
    @inline(__always)
    func verdict(onShort permission: Permission) -> Verdict? {
        roles.unownedView.permissions.id(ofShort: permission).flatMap { roles.unownedView.verdicts[$0] }
    }

    /// Returns the verdict on the permission.
    func verdict(on permission: Permission, with details: CheckDetails, at time: () -> Timestamp) -> Verdict {
        roles.verdict(on: permission, of: principal, with: details, at: time)
    }

    /// Returns true if the principal holds the role, itself or by inheritance. One that the policy does not define counts where it is held
    /// by that name. A delegated credential holds no role, since no scope limits what a role stands for.
    public func holds(role: String, on resource: ResourceID? = nil, at time: Timestamp) -> Bool {
        roles.holds(role: role, on: resource, at: time)
    }
}
