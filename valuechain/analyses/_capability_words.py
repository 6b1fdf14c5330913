"""What people who need something call it, in English and German, beside the technical words that a chain uses for it.

A need is seldom written in the words of a value chain: who has rust on a machine asks for cleaning, not for laser
ablation. Each entry names a thing in technical words, then lists everyday words for the thing, for what it is used on
and for what it is used for. It belongs to the capabilities whose own names come near its technical words, so that it
serves any chain that has such a capability, and does nothing in one that has none. Written for this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from valuechain.analyses._capability_words_of_systems import SYSTEMS


def everyday_words() -> Iterator[tuple[str, str]]:
    """Yield for each thing its technical words, and the everyday words for it."""
    for entry in re.split(r"\n(?=\S)", _PARTS + SYSTEMS):
        technical, _, everyday = entry.partition(":\n")
        yield technical, " ".join(everyday.split())


_PARTS = """\
laser material processing machining drilling:
    bohren bohrung loch durchbruch durchgangsloch mikroloch perforieren stanzen drill hole perforate punch via nozzle
    düse sieve sieb öffnung membran filterplatte brause turbinenkühlung leiterplatte porös opening pierce orifice
    aperture strainer mesh injector einspritzdüse
laser material processing machining cutting:
    schneiden zuschneiden zuschnitt trennen ausschneiden vereinzeln ritzen cut cutting slice dice dicing scribe
    scribing separate trim trimming kerf contour stent feinschnitt schmuck uhrwerk dichtung folienschnitt gewebe
    airbagstoff zuschneidearbeit jewellery watch gasket fabric stencil schablone blade knife glasscheibe
laser material processing machining welding:
    schweißen schweißnaht naht fügen löten verbinden verbindung kupfer batterie akku spritzer weld welding join joining
    seam solder soldering braze copper battery spatter busbar airbag tank gehäusedeckel verschließen dicht versiegeln
    siegeln kunststoffschweißen schrauben stoß rohr karosserie herzschrittmacher brennstoffzelle seal sealing tight
    screws plastic hermetically pacemaker fuel cell bond joints leakproof
laser material processing machining marking engraving:
    beschriften beschriftung kennzeichnen kennzeichnung markieren gravieren gravur seriennummer barcode data-matrix
    typenschild mark marking label labelling engrave engraving serial number logo code flasche etikett verfallsdatum
    haltbarkeitsdatum dauerhaft abriebfest abwaschen fälschungssicher rückverfolgen herkunft eier obstschale bottle
    expiry date permanent wash wipe traceability trace anti counterfeit batch lot brand wear-proof tag
laser material processing machining ablation cleaning:
    abtrag entlacken entrosten rost reinigen reinigung entschichten entgraten remove removal ablate ablation strip rust
    paint clean cleaning deburr residue oxide restore restaurieren fassade lack farbe schmutz ruß fett formreinigung
    denkmal graffiti klebereste schmelzspur glätten polierlaser dirt soot grease mould monument glue peel smooth
    smoothing refurbish
laser material processing machining hardening:
    härten gehärtet randschicht anlassen vergüten umschmelzen harden hardening temper anneal annealing wear verschleiß
    gear zahnrad
laser material processing machining microstructuring:
    strukturieren strukturierung aufrauen reibung riblets textur mould form formenbau spritzguss texturing roughen
    friction grip tribology hydrophob lotus
material processing machines:
    blech stahl edelstahl aluminium titan metall werkstück bauteil keramik karbon cfk verbundwerkstoff leder textil
    holz papier kunststoff sheet steel stainless titanium metal workpiece ceramic carbon composite leather wood polymer
    burr grat kante edge
additive manufacturing laser printed:
    drucken 3d-druck gedruckt druckteil ersatzteil prototypenteil hohlstruktur leichtbau implantat print printing spare
    lightweight lattice implant powder-bed pulverbett zahnkrone prothese orthese gitterstruktur werkzeugeinsatz
    kühlkanal losgröße eins maßgeschneidert crown prosthesis orthosis insert conformal cooling one-off customised
    complex shape
additive manufacturing laser powder deposition cladding:
    metallpulver pulver auftragschweißen auftrag materialauftrag reparieren reparatur instandsetzen aufbauen
    verschlissen abgenutzt powder cladding clad repair rebuild worn adding build-up turbine shaft welle schmelzbad
    einschmelzen auffrischen verstärken hartmetall spindel walze kolben refresh melt melting reinforce hardfacing
    spindle roller piston bore
additive manufacturing polymers photoresist:
    harz resin stereolithografie zwei-photonen two-photon aushärten
lenses prisms mirrors precision optics:
    linse prisma spiegel asphäre asphärisch optik objektiv lupe fernglas schleifen polieren läppen feinschleifen
    zentrieren kitten lens prism mirror asphere aspheric optic objective magnifier grind grinding polish polishing
    lapping centring ball-lens kugellinse okular zylinderlinse achromat planplatte spiegelsubstrat zielfernrohr
    fernrohr acryl dublett kondensor fotoobjektiv eyepiece cylinder cylindrical doublet flat scope rifle binoculars
    acrylic condenser camera loupe sight
micro-optics diffractive meta-optics:
    mikrolinse linsenarray freiform freiformfläche freiformoptik streuscheibe diffusor prägen abformen replizieren
    abformung nanoimprint lichtlenkfolie streufolie microlens array freeform diffuser emboss moulded molded replicate
    replication fresnel doe metalens homogeniser homogenizer spreads evenly reflektor rückstrahler stempel
    prägewerkzeug lichtlenkend kunststofflinse hologrammfolie wasserzeichen sicherheitsmerkmal relief retroreflector
    stamping stamp master tiny security feature light guide lichtleitplatte beam splitting lenslet
thin-film coating beschichtung antireflection:
    beschichten beschichtung vergüten vergütet entspiegeln entspiegelung blendfrei aufdampfen verspiegeln verspiegelt
    reflektieren reflexion hochreflektierend zerstörschwelle kratzfest schutzschicht dünnschicht schicht film coat
    coating layer anti-glare glare reflect reflective reflection antireflection ar-coating evaporate sputter mirrored
    damage threshold scratch-resistant transparent conductive leitfähig ito heating heizschicht beschlag fog-free
    spiegeln schutzscheibe visier hitzeschutz wärmeschutz goldschicht versilbern schmutzabweisend hydrophil
    verschleißschutz polycarbonat brillenglas shield visor smudge fogging fingerprint-proof repellent gold silver
    aluminised heat reflecting laser-proof evaporated dielectric
filters gratings polarisers isolators:
    filter bandpass sperrfilter kantenfilter farbfilter polfilter polarisation polarisator gitter strahlteiler isolator
    rückreflex rückreflexion notch dichroic polariser polarizer grating beam-splitter back-reflection feedback block
    wavelengths verzögerungsplatte waveplate farbteiler farbtrennung lichtfarbe blendung störlicht ausblenden
    aussondern spektral durchlass absorber uv-schutz split separate apart colours transmit suppress glare-free sunlight
    blocking passband edge order sorting
optical fibres cables connectors:
    faser glasfaser lichtleiter lichtleitkabel lwl patchkabel kabel stecker steckverbinder konfektion konfektionieren
    spleiß faserbündel spezialfaser mehrkern kerne hohlkern ziehen fiber fibre patch cable cord connector plug splice
    splicing bundle multicore core hollow-core draw drawing pigtail ferrule lichtführung tageslicht einfangen
    beleuchtungsfaser endoskopfaser steckergehäuse muffe verbindungskabel umspleißen bündel lichtkabel daylight
    basement collector light pipe guiding lead assemblies pure silica jacket buffer terminated
fibre preforms silica:
    vorform faserziehturm quarz quarzglas quarzstab stab rohr ziehturm preform quartz silica rod tube high-purity
    hochrein glasstab glasrohr quarzrohr fused ultrapure collapsed soot
optical glass infrared:
    glas glasrohling rohglas scheibe fenster schmelze brechzahl brechungsindex dispersion germanium chalkogenid
    zinkselenid saphir blank window melt refractive index chalcogenide zinc selenide sapphire dome panzerglas schauglas
    ofenfenster druckfest chemikalienfest temperaturfest sichtfenster linsenrohling sight furnace pressure-proof
    heat-proof viewing porthole gob
nonlinear laser crystals:
    kristall zucht züchten verdopplung verdoppeln frequenzverdopplung lithiumniobat granat crystal boule doubling
    doubles harmonic pockels garnet yag verdreifacher umwandeln terahertzkristall lasermaterial laser rod host material
    tripler poled ppln
compound semiconductor substrates gaas inp gan:
    galliumarsenid gallium galliumnitrid indiumphosphid siliziumkarbid substrat scheiben gaas gan inp arsenide nitride
    phosphide carbide discs disks boules galliumoxid scheibenlieferant rohscheibe ingot two inch four semi insulating
epitaxy epiwafers semiconductor layers:
    aufwachsen wachsen halbleiterschicht schichtfolge epitaktisch abscheiden mocvd mbe growing grown growth epitaxial
    layer stack quantum-well quantenfilm schichtwachstum schichtstapel reaktor strukturwafer custom reactor wafer vcsel
silicon wafers soi photonics:
    silizium silicium siliziumscheibe siliziumwafer soi oxid vergraben silicon buried nitride wafer reinstsilizium
    scheibendicke handle device layer bonded
rare-earth dopants:
    seltene erden seltenerden ytterbium erbium neodym thulium holmium dotieren dotierstoff rare earth neodymium doping
    dopant rohstoff raw erdmetall magnetwerkstoff lieferabhängigkeit praseodym terbium europium recycling seltener
    oxide powders lanthanum cerium
phosphors quantum dots organic emitters leuchtstoffe:
    leuchtstoff leuchtpigment leuchtfarbe nachleuchtend nachleuchten fluoreszierend phosphor konversion nanokristall
    quantenpunkt pigment glow glowing dark afterglow luminescent phosphorescent fluorescent conversion white
    nanocrystal cadmium fluchtweg sicherheitstinte leuchtkraft leuchtstreifen schwarzlicht fluoreszenzfarbstoff
    warmweiß farbkonverter warm invisible ink uv-visible dye markers exit signs
perovskite solar:
    perowskit tandem tandemzelle drucktechnik tinte perovskite ink printable roll-to-roll druckbare
    dünnschichtsolarzelle innenraumsolarzelle indoor cell new low cost
optical polymers adhesives photoresists:
    kleber klebstoff kleben verkleben kitten harz vergießen verguss folie fotolack lack transparent durchsichtig glue
    gluing adhesive bond bonding epoxy resin encapsulate potting resist clear silicone silikon cement kanadabalsam
    uv-kleber fügekleber gießharz zwischenschicht optikkleber abformmasse lacksystem belichtungslack spin cementing
    index matched matching low outgassing yellowing vergilben hydrogel
diamond colour centres:
    diamant farbzentrum fehlstelle stickstoff diamond vacancy vacancies nitrogen colour-centre einkristall
    wärmespreizer heat spreader synthetic gem plate edelstein
semiconductor laser diodes:
    laserdiode diodenlaser halbleiterlaser vcsel pumpdiode barren emitter kantenemitter laserpointer gesichtserkennung
    diode edge pump bar pointer face lichtchip strahlungschip kurzwellig blaulaser rotlaser violett handscanner blu ray
    telekomlaser barcodeleser stacks violet laser wavelength selected handheld scanner cascade
led micro-led:
    leuchtdiode led uv-led platine bestückt headlight scheinwerferchip backlight germs keime entkeimen entkeimung
    desinfektion desinfizieren disinfect disinfection kill sterilise pflanzenlicht tomaten gewächshauslicht aquarium
    infrarotdiode blitzlicht chip board ampel hygiene keimfrei wasserentkeimung tomato traffic light flash uvc bulb
    bacteria killing germicidal
oled devices organic:
    oled leuchtfolie leuchtfläche organisch biegsam flexible organic foil glowing bendable elektrolumineszenz
    leuchttapete rücklicht leuchtende transparentleuchte wallpaper luminous thin lamp tail light rear
photodiodes photodetectors:
    fotodiode lichtempfänger empfänger lichtschranke lichtsensor fotozelle lawinendiode detektor receiver photodiode
    detector light-sensitive avalanche sensitivity photocell sensing element lichtmessung belichtungsmesser helligkeit
    helligkeitssensor dämmerungssensor infrarotempfänger lichtsignal schwach rauscharm brightness ambient light
    exposure meter weak signal noise infrared quadrant
single-photon detectors:
    einzelphoton photonenzähler lichtteilchen zähler snspd spad zeitauflösung count counting clicks photomultiplier
    faint timing einzelnes teilchen restlicht lichtquant quanten sternlicht kryostat night glow photon starved quanta
    cryogenic time tagging
image sensors:
    bildaufnehmer bildsensor bildchip kamerachip pixel cmos ccd imager imaging chip event-based ereignisbasiert
    low-light dämmerung zeilensensor zeilenkamera röntgendetektor bildpunkt belichtungszeit bildrate line-scan x-ray
    frame rate global shutter resolution readout
modulators switches mems mirrors slm:
    modulator lichtschalter schalter verschluss shutter umschalten ablenken mikrospiegel kippspiegel lichtmodulator
    akustooptik switch switching nanoseconds tilt tilting micromirror gate attenuate abschwächer phase phasenschieber
    blende durchstimmbarer vibrierender wegeschalter rerouting reroute chopper lichtventil light valve pockelszelle
    shifter variable attenuator fibre
photonic integrated circuits:
    chip lichtchip schaltkreis schaltung wellenleiter lichtleiterschaltung ringresonator integriert circuit waveguide
    on-chip pic photonic asic splitter interposer drehratensensor miniaturisieren platinenoptik lichtplatine schrumpfen
    tabletop miniaturise shrink downsize credit card steer gyroscope ring coupler
clean-room foundry pilot lines fabrication:
    reinraum waferfertigung halbleiterlinie durchlauf layout mpw multiprojekt kleinserie stückzahl ätzen prozessierung
    cleanroom clean-room clean fab fabricate run tape-out etch etching deposition small-volume nasschemie sputteranlage
    ofenprozess auftragsfertigung kapazität mitnutzen anlage mieten rent hire shared tool capacity outsource wafers
    thin film line dry small series
nanophotonic plasmonic structures:
    nano nanostruktur nanoloch metaoberfläche plasmon strukturfarbe nanostructure nanostructured metasurface plasmonic
    subwavelength structural-colour photonic-crystal schillern farbwechsel moth eye mottenauge lichtfalle haftung light
    trapping iridescent colour change butterfly
single-photon entangled sources:
    photonenquelle einzelphotonenquelle verschränkt verschränkung entangled pairs demand single-photon
laser drivers readout thermal management electronics:
    treiber ansteuerung stromquelle stromversorgung netzteil kühlung kühlen kühlkörper wärme abführen entwärmung
    temperieren temperaturregelung peltier verstärkerschaltung auslese elektronik driver power supply current source
    cooling cooler heat sink temperature control electronics board readout amplifier tia pulser pulsquelle hochstrom
    ausleseschaltung ausleseelektronik regelkreis wärmeleitung überhitzung überhitzt hitze vorschaltgerät trigger
    firmware leiterkarte high pulse overheats overheating hot dissipate heatpipe controller ballast fast pcb line
testing characterisation photonic parts:
    charakterisieren messplatz prüfstand wafertester prober vermessung kennlinie prüfen bauteilprüfung messen
    characterise characterize measure bench probe probing yield ausbeute dark-current dunkelstrom nachprüfen nachmessen
    eingangsprüfung vergleichsmessung ausgangsleistung strahlqualität messlabor prüfling helligkeit lab laboratory
    verify check output power datasheet datenblatt beam quality acceptance incoming failure analysis fehleranalyse
optical design simulation:
    berechnen berechnung rechnen simulieren simulation auslegen auslegung entwurf optikrechnung strahlengang raytracing
    streulicht lichtverteilung ausleuchtung toleranzanalyse calculate compute simulate design ray-tracing stray ghost
    tolerance light distribution zemax optikdesign strahlverfolgung optikkonzept reflektorform okularrechnung
    bildfehler abbildung abbildungsfehler schärfe verzeichnung lichtausbeute layout aberration sharp sharpness imaging
    path optimise concept freeform calculation headlamp
solid-state ultrashort pulse lasers:
    kurzpuls kurzpulslaser ultrakurzpuls femtosekunden pikosekunden pulslaser laserquelle strahlquelle
    laserstrahlquelle festkörperlaser scheibenlaser grün femtosecond picosecond nanosecond pulse pulsed ultrafast disk
    slab q-switch green joule lichtblitz blitze lampengepumpt diodengepumpt pumpen unterwasser lidarsender energiereich
    flash pumped diode underwater high energy amplifier stage seed oscillator
gas lasers co2 excimer:
    gaslaser laserröhre laserrohr röhre kohlendioxid excimer helium argon co2 tube carbon dioxide krypton gravierlaser
    schneidlaser lithografielichtquelle gasfüllung spiegelresonator refill sealed off engraver uv-gas
fibre lasers amplifiers:
    faserlaser faserverstärker kilowatt verstärker thulium amplifier edfa high-power cuttinghead source faserquelle
    pumpquelle singlemode dauerstrich high brightness continuous wave
tunable stabilised wavelength-converted lasers:
    durchstimmbar abstimmbar einstellbar wellenlänge schmalbandig stabilisiert linienbreite opo adjustable tunable
    selectable variable wavelength linewidth stable stabilised narrow-linewidth converted sweeping umschaltbar
    frequenzstabil referenzlaser kohärent rückgekoppelt mid infrared mittleres infrarot swept coherence locked
    reference laser agile
frequency combs:
    frequenzkamm frequenzlineal kamm lineal comb ruler teeth equidistant
terahertz microwave photonics:
    terahertz millimeterwellen mikrowellen funksignal antenne durchstrahlen durchleuchten verpackung fog nebel
    microwave radio antenna radar millimetre see-through concealed hidden versteckt verdeckt gepäck paket post brief
    schichtanalyse durchdringen unsichtbare parcel letter luggage mail scanner people moisture penetrate wall
led laser light engines:
    lichtquelle lichtmodul lampenmodul uv-lampe beamer projektor scheinwerfer operationsleuchte belichten aushärten
    trocknen lacktrocknung lamp module projector headlamp spotlight illuminator curing cure drying varnish floodlight
    operating surgical taschenbeamer projektionseinheit leuchteinheit kaltlicht lichtblitzmodul bühnenlicht bühne kino
    werbeprojektion pocket stage theatre cinema light unit flash cold engine optical strobe
display panels microdisplays:
    bildschirm display anzeige monitor sucher mikrodisplay touchscreen screen viewfinder readable sunlight pixels
    e-paper instrument instrumententafel cockpit ablesbar ablesen traktor fahrzeuganzeige werbetafel kassendisplay
    armbanduhr rugged tractor dashboard bright sun signage billboard watch panel
cameras spectral imagers:
    kamera wärmebild wärmebildkamera nachtsicht thermografie infrarotkamera hyperspektral multispektral
    hochgeschwindigkeitskamera kennzeichen nummernschild überwachung personen fremdkörper obst camera thermal night
    vision hyperspectral multispectral high-speed licence plate surveillance people foreign bodies fruit drone drohne
    bildgebung videoüberwachung schwimmbad ertrinkende tierbeobachtung wild fahrer müdigkeit stall vieh
    inspektionsdrohne zeitlupe beobachten erfassen schimmel nüsse pilz reife unreif pool drowning driver drowsiness
    livestock cattle animals wildlife slow motion video watch spot mould nuts unripe avocado hot overheated insulation
    isolierung dach wärme heal surface
spectrometer modules:
    spektrometer spektrograf spektrum farbmessung farbsensor farbe miniaturspektrometer spectrometer spectrograph
    spectrum colour colorimeter color roast shade farbton wein bier alkohol alkoholgehalt brauerei rauchgas lackfarbe
    druckfarbe farbkontrolle farbgleichheit ink brewery distillery wine beer alcohol printing match mini control
transceivers interconnects data:
    transceiver steckmodul sendeempfänger datenverbindung datenübertragung rechenzentrum server rack backplane
    schnittstelle bandbreite plug-in pluggable data datacentre datacenter link bandwidth gigabit terabit interface
    board-to-board ethernet leitungen kabelersatz serverraum grafikkarte prozessorverbindung videoleitung kamerakabel
    bildübertragung capacity copper replacement graphics card lane optical cable active
beam delivery scanning shaping adaptive optics:
    strahlführung strahlformung strahlprofil ablenkung ablenkeinheit scanner scankopf galvo bearbeitungskopf
    schweißkopf schneidkopf laserkopf fokus fokussieren lichtfleck strahl verformbar deformierbar head scanhead
    galvanometer spot focus focusing steering flat-top tophat bell-shaped profile uniform polygon deformable wavefront
    wellenfront collimator kollimator ringprofil richten lichtzeiger lichtbogen linienprofil strahlaufweiter
    strahlweiche umlenken umlenkspiegel turbulenz ausgleichen bildstabilisierung beam expander delivery cable steer
    point pointing follow align turbulence compensate stabilise robot wobble
"""
