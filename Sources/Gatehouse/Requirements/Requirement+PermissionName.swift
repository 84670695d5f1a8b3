extension Requirement {
    /// The name of a permission in a requirement. If the name is malformed, for example a pattern, nobody meets the requirement, not even
    /// under `not`. The check of the requirements at a server's start reports the name.
    public struct PermissionName: Sendable, Hashable, CustomStringConvertible {
        /// The permission, or the error of a malformed name.
        public let permission: Result<Permission, NameError>

        /// Makes a name of any text.
        public init(_ name: String) {
            do throws(NameError) {
                permission = .success(try Permission(validating: name))
            } catch {
                permission = .failure(error)
            }
        }

        /// Makes the name of a permission.
        public init(_ permission: Permission) {
            self.permission = .success(permission)
        }

        /// The name; of a malformed name, a part that is fit for a log.
        public var description: String {
            switch permission {
            case .success(let permission): permission.name
            case .failure(let error): error.text
            }
        }
    }

    /// Returns a requirement that the principal holds the permission, for a resource in the path or, without one, for the context's
    /// resource.
    ///
    /// - Parameters:
    ///   - name: The permission's name. A malformed name does not end the program: nobody has such a permission.
    ///   - resource: The resource in the path; `nil` for the resource of the context.
    public static func permission(_ name: String, on resource: PathResource? = nil) -> Requirement {
        .permission(PermissionName(name), on: resource)
    }

    /// Returns the requirement of a typed permission.
    public static func permission(_ permission: Permission, on resource: PathResource? = nil) -> Requirement {
        .permission(PermissionName(permission), on: resource)
    }
}
