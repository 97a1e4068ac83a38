"""The Debian package: what it says of itself, what it depends on, and what it lays out."""

import configparser
import pathlib
import re
import shutil
import subprocess

from conftest import ROOT, output

# Only a debug program uses the toolchain's own libraries.
TOOLCHAIN = re.compile(r"lib(swift|Foundation|_Foundation|dispatch|BlocksRuntime)")


def field(package, name):
    return output("dpkg-deb", "--field", package, name).strip()


def test_its_control_fields_say_what_it_is(package, unpacked):
    version = output(unpacked / "usr/bin/puente", "--version").strip()
    size = sum(path.stat().st_size for path in unpacked.rglob("*") if path.is_file() and "DEBIAN" not in path.parts)

    assert field(package, "Package") == "puente"
    assert field(package, "Architecture") == output("dpkg", "--print-architecture").strip()
    assert re.fullmatch(rf"{re.escape(version)}(~git\d{{8}}\.[0-9a-f]+)?", field(package, "Version"))
    assert package.name == f"puente_{field(package, 'Version')}_{field(package, 'Architecture')}.deb"
    assert abs(int(field(package, "Installed-Size")) - size // 1024) < size // 1024 // 20 + 100
    assert field(package, "Maintainer") and field(package, "Description")
    assert "@" not in (unpacked / "DEBIAN/control").read_text().replace("maintainers@puente.invalid", "")


def test_it_depends_on_the_package_of_every_library_that_the_program_needs(package, unpacked):
    program = unpacked / "usr/bin/puente"
    needed = re.findall(r"^ +NEEDED +(\S+)$", output("objdump", "-p", program), re.M)
    places = dict(re.findall(r"^\s*(\S+) => (/\S+)", output("ldd", program), re.M))
    depends = {entry.split()[0] for entry in re.split(r"[,|]", field(package, "Depends")) if entry.strip()}

    assert {"adduser", "ca-certificates", "tzdata", "libc6"} <= depends
    for library in needed:
        owner = package_of(places.get(library, library))
        if owner is None:
            assert TOOLCHAIN.match(library), f"{library} is in no package"
        else:
            assert depends & names_of(owner), f"{library} comes with {owner}, which it does not depend on"
    assert any(library.startswith("libphonenumber") for library in needed)


def package_of(library):
    """The package that a library belongs to, by either name of its folder; nil where none holds it."""
    path = pathlib.Path(library)
    for name in {str(path), str(path.resolve()), str(path).replace("/usr/lib", "/lib", 1), f"/usr{path}"}:
        found = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    return None


def names_of(package):
    """A package's own name, and those that it provides: libphonenumber8 is depended on by one of them."""
    provided = output("dpkg-query", "--show", "--showformat", "${Provides}", package)
    return {package} | {name.split()[0] for name in provided.split(",") if name.strip()}


def test_it_lays_out_the_program_its_assets_the_unit_the_configuration_and_the_papers(unpacked, prefix):
    expected = {
        "usr/bin/puente": 0o755,
        "usr/share/puente/templates/layout.mustache": 0o644,
        "usr/share/doc/puente/docs/operations.md": 0o644,
        "usr/share/doc/puente/docs/api.md": 0o644,
        "usr/share/doc/puente/copyright": 0o644,
        "usr/share/doc/puente/CHANGELOG.md.gz": 0o644,
        "lib/systemd/system/puente.service": 0o644,
        "etc/puente/puente.yaml": 0o640,
    }
    modes = {path: (unpacked / path).stat().st_mode & 0o7777 for path in expected}
    ours = {path.parts[0] for path in map(lambda path: path.relative_to(unpacked), unpacked.iterdir())}

    assert modes == expected
    assert ours == {"DEBIAN", "etc", "lib", "usr"}
    assert files(unpacked / "usr/share/puente") == files(prefix / "share/puente") == files(ROOT / "Assets")


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_everything_in_it_belongs_to_root(package):
    lines = output("dpkg-deb", "--contents", package).splitlines()

    assert {line.split()[1] for line in lines} == {"root/root"}


def test_what_an_operator_edits_is_kept_on_an_upgrade_and_nothing_else_is_in_etc(unpacked):
    named = (unpacked / "DEBIAN/conffiles").read_text().split()

    assert named == [f"/etc/{name}" for name in files(unpacked / "etc")]


def test_its_checksums_are_those_of_its_files(unpacked):
    check = ["md5sum", "--check", "--quiet", "DEBIAN/md5sums"]
    done = subprocess.run(check, cwd=unpacked, capture_output=True, text=True)
    summed = {line.split(maxsplit=1)[1] for line in (unpacked / "DEBIAN/md5sums").read_text().splitlines()}

    assert done.returncode == 0, done.stdout
    assert summed == {f"{top}/{name}" for top in ("lib", "usr") for name in files(unpacked / top)}


def test_its_configuration_keeps_everything_in_the_services_state_folder(unpacked):
    text = (unpacked / "etc/puente/puente.yaml").read_text()

    assert 'url: "sqlite:/var/lib/puente/puente.db"' in text
    assert 'folder: "/var/lib/puente/media"' in text
    assert 'key_file: "/var/lib/puente/puente.key"' in text


def test_the_unit_starts_what_the_package_holds(unpacked, work):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(unpacked / "lib/systemd/system/puente.service")
    program, *arguments = unit["Service"]["ExecStart"].split()

    assert (unpacked / program.lstrip("/")).is_file()
    assert arguments == ["serve", "--config", "/etc/puente/puente.yaml"]
    assert (unpacked / arguments[-1].lstrip("/")).is_file()
    assert unit["Service"]["RestartPreventExitStatus"] == "2"
    assert f"/var/lib/{unit['Service']['StateDirectory']}" == unit["Service"]["WorkingDirectory"]
    if analyze := shutil.which("systemd-analyze"):
        verify(analyze, unpacked, work)


def verify(analyze, unpacked, work):
    """What systemd itself says of the unit, with the program where it was unpacked."""
    copy = work / "puente.service"
    text = (unpacked / "lib/systemd/system/puente.service").read_text()
    copy.write_text(text.replace("/usr/bin/puente", str(unpacked / "usr/bin/puente")))
    done = subprocess.run([analyze, "verify", "--man=no", copy], capture_output=True, text=True)
    assert "puente.service" not in done.stderr and done.returncode == 0, done.stderr


def test_its_maintainer_scripts_can_be_run(unpacked):
    names = ("preinst", "postinst", "prerm", "postrm")
    scripts = [path for path in (unpacked / "DEBIAN").iterdir() if path.name in names]

    assert {path.name for path in scripts} == {"postinst", "prerm", "postrm"}
    for path in scripts:
        assert path.stat().st_mode & 0o777 == 0o755
        assert subprocess.run(["sh", "-n", path]).returncode == 0
