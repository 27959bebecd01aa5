"""How each word sounds: espeak-ng's phonemes of several accents, in one small British set."""

import re
import subprocess

ACCENTS = ("en-gb", "en-us", "en-gb-scotland", "en-gb-x-gbcwmd")
UNKNOWN = "[unk]"
MOST = 4  # pronunciations of a word

# What espeak-ng writes (left of the sign) and the phones that it becomes.
_VOWELS = """
I=ih I2=ih I#=ih i=iy i:=iy E=eh E#=eh E2=eh e=eh a=ae A#=ae &=ae aa=aa A:=aa A@=aa A=aa
0=oh 0#=oh O=oh O2=oh O:=ao O@=ao o@=ao o=ao O@r=ao U=uh U2=uh u=uw u:=uw y=uw u:1=uw V=ah V#=ah
@=ax @2=ax @5=ax @#=ax @-=ax a#=ax 3=ax 3r=ax 3:=er VR=er IR=er @L=ax+l e:=ey eI=ey
aI=ay ai=ay aI#=ay aI2=ay aI@=ay+ax aI3=ay+ax aU=aw aU@=aw+ax OI=oy oU=ow oU#=ow o:=ow
e@=ea E:=ea i@=ia i@3=ia i:@=ia U@=uh+ax O~=oh+n A~=oh+n
"""
_CONSONANTS = """
p=p b=b t=t t#=t t2=t t[=t d=d d#=d k=k x=k g=g f=f v=v T=th D=dh s=s z=z z#=z S=sh Z=jh h=hh
m=m m-=ax+m n=n n-=ax+n N=ng l=l l#=l l^=l L=l l-=ax+l r=r r-=r R=r R2=r w=w w#=w W=w j=y
tS=ch dZ=jh tR=t+r t2r=t+r dR=d+r ?= ;= -=
"""
_PAIRS = (pair.rsplit("=", 1) for pair in (_VOWELS + _CONSONANTS).split())
PHONES = {sign: phones.split("+") if phones else [] for sign, phones in _PAIRS}

# Little words as people swallow them, and words that espeak-ng or flite read otherwise.
_BY_HAND = """
a=ax,ey the=dh ax,dh iy an=ax n,ae n and=ae n d,ax n d,ax n,ae n of=ax v,oh v
to=t ax,t uw,t uh for=f ao,f ax,f ao r,f ax r was=w oh z,w ax z,w ah z were=w er,w ax,w er r,w ax r
at=ae t,ax t from=f r oh m,f r ax m,f r ah m that=dh ae t,dh ax t them=dh eh m,dh ax m
than=dh ax n,dh ae n as=ae z,ax z has=hh ae z,ax z,hh ax z had=hh ae d,ax d,hh ax d
have=hh ae v,ax v,hh ax v he=hh iy,iy her=hh er,er,hh er r,ax his=hh ih z,ih z him=hh ih m,ih m
you=y uw,y ax,y uh your=y ao,y ao r,y uh ax are=aa,ax,aa r,ax r been=b iy n,b ih n
would=w uh d,w ax d could=k uh d,k ax d should=sh uh d,sh ax d can=k ae n,k ax n
but=b ah t,b ax t some=s ah m,s ax m us=ah s,ax s just=jh ah s t,jh ax s t not=n oh t,n aa t
do=d uw,d ax there=dh ea,dh ea r,dh ax their=dh ea,dh ea r they're=dh ea,dh ea r
my=m ay me=m iy i=ay so=s ow o'clock=ax k l oh k,ow k l oh k,ax k l aa k oh=ow
n=eh n h=ey ch,hh ey ch
s=eh s g=jh iy p=p iy m=eh m x=eh k s our=aw ax,aa,aw ax r,aa r um=ah m er=er,er r erm=er m,er r m
uh=ah,er missus=m ih s ih z,m ih s ax z mrs=m ih s ih z,m ih s ax z i'd=ay d covid=k ow v ih d
zero=z ia r ow,z iy r ow,z ih r ow with=w ih dh,w ih th either=ay dh ax,iy dh ax,iy dh ax r
because=b ih k oh z,b ih k ao z,b ax k oh z,b ih k ah z thirty=th er t iy,th er r t iy
hospital=hh oh s p ih t ax l,hh oh s p ih t l,oh s p ih t ax l tv=t iy v iy z=z eh d,z iy
"""
_ENTRIES = re.findall(r"(\S+)=([^=]+?)(?=\s+\S+=|\s*$)", _BY_HAND)
BY_HAND = {word: [said.split() for said in sayings.split(",")] for word, sayings in _ENTRIES}


def build(words: list[str]) -> dict[str, list[list[str]]]:
    """The pronunciations of each word, and of [unk]: one phone, SPN, for any unknown word."""
    read = [_read(words, accent) for accent in ACCENTS]
    lexicon = {word: _ways(word, list(said)) for word, *said in zip(words, *read, strict=True)}
    return {**lexicon, **{w: p for w, p in BY_HAND.items() if w in lexicon}, UNKNOWN: [["SPN"]]}


def _ways(word: str, said: list[list[str]]) -> list[list[str]]:
    ways = [way for at, way in enumerate(said) if way and way not in said[:at]][: MOST - 1]
    first = ways[0]
    if word.endswith(("r", "re")) and first[-1] != "r":
        ways.append([*first, "r"])  # the r that links: "doctor and"
    if first[0] == "hh" and len(first) > 2:
        ways.append(first[1:])  # the h that many drop
    return [way for at, way in enumerate(ways) if way not in ways[:at]][:MOST]


def _read(words: list[str], accent: str) -> list[list[str]]:
    """The phones of each word in one accent."""
    command = ["espeak-ng", "-q", "-v", accent, "-x", "--sep=_"]
    text = "\n\n".join(words).encode()  # a clause each, or neighbours would change the sounds
    done = subprocess.run(command, input=text, capture_output=True, check=True, timeout=120)
    said = [line for line in done.stdout.decode().splitlines() if line.strip()]
    if len(said) != len(words):
        raise ValueError(f"espeak-ng read {len(said)} of {len(words)} words")
    return [_phones(line) for line in said]


def _phones(line: str) -> list[str]:
    """One word's phones; stress marks go, a sign not known here is an error."""
    signs = (sign.lstrip("',%=|").rstrip(";") for sign in re.split(r"[_\s]+", line.strip()))
    return [phone for sign in signs if sign for phone in PHONES[sign]]
