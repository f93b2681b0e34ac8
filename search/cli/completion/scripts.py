"""The scripts with which a shell completes ``dalil``: each asks the program itself.

Candidates that are paths are quoted by the shell, as the names of files are.
"""

from __future__ import annotations

from collections.abc import Mapping

_BASH = r"""# dalil completion bash > ~/.local/share/bash-completion/completions/dalil
_dalil() {
    local line=${COMP_LINE:0:COMP_POINT} current code
    local -a words
    read -a words <<< "$line"  # without -r: a backslash quotes a blank
    [[ $line == *[[:space:]] ]] && words+=("")
    current=${words[${#words[@]}-1]}
    mapfile -t COMPREPLY < <(
        "${words[0]}" __complete "${words[@]:1}" 2> /dev/null; echo "$?")
    code=${COMPREPLY[${#COMPREPLY[@]}-1]}
    unset "COMPREPLY[${#COMPREPLY[@]}-1]"
    case $code in
        3) COMPREPLY=(); compopt -o default; return ;;
        4) compopt -o filenames ;;
    esac
    # bash takes a colon and = for the ends of words
    local before=${current%"${current##*[:=]}"}
    [[ $COMP_WORDBREAKS == *[:=]* ]] && COMPREPLY=("${COMPREPLY[@]#"$before"}")
    [[ ${COMPREPLY[0]} == *[/:=] ]] && compopt -o nospace
}
complete -F _dalil dalil
"""
_ZSH = r"""#compdef dalil
# dalil completion zsh > a folder of $fpath, as _dalil
_dalil() {
    local -a found
    local code
    found=("${(@f)$("${words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2> /dev/null)}")
    code=$?
    found=(${found:#})
    (( code == 3 )) && { [[ $PREFIX == -*=* ]] && compset -P '*='; _files; return }
    local -a open=(${(M)found:#*[/:=]}) whole=(${found:#*[/:=]})
    (( $#open )) && compadd -S '' -a open
    (( $#whole )) && compadd -a whole
}
if [ "$funcstack[1]" = _dalil ]; then _dalil "$@"; else compdef _dalil dalil; fi
"""
_FISH = r"""# dalil completion fish > ~/.config/fish/completions/dalil.fish
function __dalil_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found ($words[1] __complete $words[2..-1] 2> /dev/null)
    if test $status -eq 3
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c dalil -f -a '(__dalil_complete)'
"""

SCRIPTS: Mapping[str, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""Shell → its script."""
